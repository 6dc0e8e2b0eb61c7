var m;
