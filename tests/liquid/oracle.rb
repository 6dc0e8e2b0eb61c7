# frozen_string_literal: true

# Renders the templates of a JSON list on standard input with Jekyll, and prints a JSON list of the results:
# {"text": …} or {"error": …}, with {"warnings": […]}. See ask_jekyll.py.
ENV["JEKYLL_NO_BUNDLER_REQUIRE"] = "true"
require "json"
require "jekyll"
%w[jekyll-seo-tag jekyll-feed jekyll-gist jekyll-include-cache jekyll-toc].each { |name| require name }

Jekyll.logger.log_level = :error
Jekyll.logger.adjust_verbosity(:quiet => true)
folder = ARGV.fetch(0)
site = Jekyll::Site.new(
  Jekyll.configuration("source" => folder, "destination" => "#{folder}/_site", "disable_disk_cache" => true)
)
site.reset
site.time = Time.at(1_541_032_200)
site.read
page = site.posts.docs.find { |post| post.path.end_with?("2018-10-06-vae.md") }

results = JSON.parse($stdin.read).each_with_index.map do |template, index|
  payload = site.site_payload
  payload["page"] = page.to_liquid
  info = { :registers => { :site => site, :page => payload["page"] } }
  begin
    parsed = site.liquid_renderer.file("snippet-#{index}.md").parse(template)
    text = parsed.render!(payload, info)
    warnings = parsed.instance_variable_get(:@template).warnings.map(&:message)
    { "text" => text, "warnings" => warnings }
  rescue StandardError => e
    { "error" => "#{e.class}: #{e.message}" }
  end
end
puts JSON.generate(results)
