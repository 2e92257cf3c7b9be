import { stripHtml } from './html';

test.each([
  // Brackets that are no markup.
  'Cable <USB> to <HDMI>',
  'Cable <USB-C> to <USB:C>',
  'Cable <A> to <B>',
  'Cable <a> to <b>',
  'Adapter <Audio> to <Video>',
  'Splitter <Input>/<Output>',
  'Learn <style> and <script>',
  'a < b and c > d',
  'a<b and c>d',
  'x<i && y>z',
  'I <3 you',
  '1 < 2 and 3 > 2',
  'a <- b -> c <= d >= e <> f',
  'Kim <kim@example.com>',
  '<https://example.com/a?b=1&copy=2>',
  'a[b[0]]>5',
  'AT&T, Notes&sections, Tea & Milk',
  'One line\nand another',
])('%j stays as it is', (text) => {
  expect(stripHtml(text)).toBe(text);
});

test.each([
  ['<b>Mug</b> <3 & 5 < 6 > 4 &amp; <USB-C>', 'Mug <3 & 5 < 6 > 4 & <USB-C>'],
  ['<a title="a > b" href=\'x>y\'>link</a> > here', 'link > here'],
  ['<a href=foo"bar>odd</a>', 'odd'],
  ['<INPUT DISABLED>x<hr>y', 'x\ny'],
  ['a<!-- one > two -->b<!-->c<!---->d<!-- never ended', 'abcd'],
  ['<!DOCTYPE html><?xml version="1.0"?><p>x</p><![if !mso]>y<![endif]>', 'x\ny'],
  ['<![CDATA[<b>Bold</b> & plain]]>', 'Bold & plain'],
  ['<style>p > a { color: red }</style>a<script>if (a<b) x("</b>")</script >b', 'ab'],
  ['one<br>two<br/>three<BR />four', 'one\ntwo\nthree\nfour'],
  ['<p>one<p>two', 'one\ntwo'],
  ['one<ul><li>a<li>b</ul>two', 'one\n- a\n- b\ntwo'],
  ['<b>Sale', 'Sale'],
  ['Sale</b> now', 'Sale now'],
  ['<a href="https://example.com>never</a> ended', 'never ended'],
  ['cut within <a href="https://exam', 'cut within'],
  ['H<sub>2</sub>O and <b>b</b>old', 'H2O and bold'],
  ['<td>one</td><td>two</td>', 'one two'],
  ['<o:p>Word</o:p>', 'Word'],
  ['&lt;b&gt; is bold, &amp;lt; is not', '<b> is bold, &lt; is not'],
  ['caf&eacute;&nbsp;&#8364;5 &#x1F600;', 'café €5 😀'],
  ['<p>\n one\n two\n</p>', 'one two'],
])('%j becomes %j', (html, expected) => {
  expect(stripHtml(html)).toBe(expected);
});

test('long texts of brackets that never end take no time of their square', () => {
  for (const part of ['<a b="', '<!--<', '<script>', '<b ', '<p>', '</', '<a x=y ']) {
    expect(stripHtml(part.repeat(200_000)).length).toBeLessThanOrEqual(part.length * 200_000);
  }
});
