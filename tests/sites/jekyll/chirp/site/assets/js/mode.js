var mode = "light";
