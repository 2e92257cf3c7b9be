/**
 * The elements of HTML (WHATWG, "HTML: Index of elements"), with those that are obsolete: old shops still write them. What
 * stands in angle brackets and is none of them is text, such as the `<USB>` of a cable.
 */
export const HTML_ELEMENTS: ReadonlySet<string> = new Set(
  [
    'a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big',
    'blink blockquote body br button canvas caption center cite code col colgroup data datalist',
    'dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer',
    'form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins',
    'kbd label legend li link main map mark marquee menu meta meter nav nobr noframes noscript',
    'object ol optgroup option output p param picture pre progress q rp rt ruby s samp script',
    'search section select slot small source span strike strong style sub summary sup svg table',
    'tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr',
  ].flatMap((line) => line.split(' ')),
);
