var lunr = {};
