import { xmlAttribute, XmlScanner } from './xml.scanner';

function scan(xml: string, chunk = xml.length): string[] {
  const events: string[] = [];
  let text = '';
  const flush = (): void => {
    if (text !== '') events.push(`text ${text}`);
    text = '';
  };
  const scanner = new XmlScanner({
    open: (name, attributes) => {
      flush();
      events.push(`open ${name}${xmlAttribute(attributes, 'r') ?? ''}`);
    },
    text: (piece) => {
      text += piece;
    },
    close: (name) => {
      flush();
      events.push(`close ${name}`);
    },
  });
  for (let at = 0; at < xml.length; at += chunk) scanner.write(xml.slice(at, at + chunk));
  scanner.end();
  flush();
  return events;
}

describe(XmlScanner.name, () => {
  const xml =
    `<?xml version="1.0"?><!-- <no> --><x:a r="1" q='>'><b r = '2>&lt;"'/>t &amp; &#1740;&#x6cc;` +
    '<![CDATA[<raw>&amp;]]><c\n r="3" /></x:a >';
  const events = [
    'open a1',
    'open b2><"',
    'close b',
    'text t & یی<raw>&amp;',
    'open c3',
    'close c',
    'close a',
  ];

  it('reads elements, attributes, text, CDATA and comments, however they are cut', () => {
    for (let chunk = 1; chunk <= xml.length; chunk += 1) expect(scan(xml, chunk)).toEqual(events);
  });

  it.each([
    '<a>',
    '</a>',
    '<a></a></a>',
    '<a',
    'text',
    '<!DOCTYPE a><a/>',
    '<a>&b;</a>',
    '<a>&</a>',
    '<a r=1/>',
    '<a>&#x110000;</a>',
  ])('refuses %s', (broken) => {
    expect(() => scan(broken)).toThrow('damaged_file');
  });

  it('refuses markup and text without an end', () => {
    for (const start of ['<a>', '<a r="', '<!--', '<a><![CDATA[']) {
      expect(() => scan(start + 'x'.repeat(600_000), 10_000)).toThrow('file_bomb');
    }
  });
});

describe(xmlAttribute.name, () => {
  it('takes whole names only', () => {
    expect(xmlAttribute(' xr="1" r="2" rx="3"', 'r')).toBe('2');
    expect(xmlAttribute(' a="r=\'5\'" r="2"', 'r')).toBe('2');
    expect(xmlAttribute(' id="1" r:id="2"', ':id')).toBe('2');
    expect(xmlAttribute('', 'r')).toBeUndefined();
  });
});
