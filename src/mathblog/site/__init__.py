"""The pages and files that mathblog makes of a site's facts: home, tags, archive, feed, sitemap."""
