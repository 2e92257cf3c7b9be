/**
 * The elements of HTML (WHATWG, "HTML: Index of elements"), with those that are obsolete: old shops still write them. What
 * stands in angle brackets and is none of them is text, such as the `<USB>` of a cable.
 */
export const HTML_ELEMENTS = named(
  'a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big',
  'blink blockquote body br button canvas caption center cite code col colgroup data datalist',
  'dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer',
  'form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins',
  'kbd label legend li link main map mark marquee menu meta meter nav nobr noframes noscript',
  'object ol optgroup option output p param picture pre progress q rp rt ruby s samp script',
  'search section select slot small source span strike strong style sub summary sup svg table',
  'tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr',
);

/** Elements that are complete as `<br>`, and those that an author need not end (WHATWG, "Optional tags"). */
export const COMPLETE_ALONE = named('br hr wbr p li dt dd td th tr tbody thead tfoot colgroup');

/** Elements that people forget to end. Where nothing follows them, or other text stands in brackets, they are text. */
export const OFTEN_UNENDED = named(
  'b big blockquote center div em font h1 h2 h3 h4 h5 h6 i ol pre section small span strike strong',
  'sub sup table tt u ul',
);

/** Their text begins on a line of its own, and so does what follows them. */
export const BLOCKS = named(
  'address article aside blockquote center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6',
  'header hr li main nav ol p pre section table tr ul',
);

/** They part no words. */
export const INLINE = named(
  'a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark nobr q s samp small span',
  'strike strong sub sup tt u var wbr',
);

/** What they hold is no text for readers. */
export const WITHOUT_TEXT = named('script style');

/** Attributes that are written without a value. */
export const BARE_ATTRIBUTES = named(
  'allowfullscreen async autofocus autoplay checked class compact controls default defer disabled',
  'download draggable hidden id inert ismap itemscope loop multiple muted nohref noshade nowrap open',
  'playsinline readonly required reversed selected style',
);

function named(...lines: string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(' ')));
}
