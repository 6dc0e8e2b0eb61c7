# The tags of this site, as small as they can be.
require "shellwords"

module Margins
  TOGGLE = "<input type='checkbox' id='%s' class='margin-toggle'/>"

  class Sidenote < Liquid::Tag
    def initialize(name, text, tokens)
      super
      @words = text.shellsplit
    end

    def render(_context)
      id, text = @words
      "<label for='#{id}' class='margin-toggle sidenote-number'></label>#{TOGGLE % id}<span class='sidenote'>#{text} </span>"
    end
  end

  class Marginnote < Sidenote
    def render(_context)
      id, text = @words
      "<label for='#{id}' class='margin-toggle'> &#8853;</label>#{TOGGLE % id}<span class='marginnote'>#{text} </span>"
    end
  end

  class Newthought < Sidenote
    def render(_context)
      "<span class='newthought'>#{@words[0]}</span> "
    end
  end
end

Liquid::Template.register_tag("sidenote", Margins::Sidenote)
Liquid::Template.register_tag("marginnote", Margins::Marginnote)
Liquid::Template.register_tag("newthought", Margins::Newthought)
