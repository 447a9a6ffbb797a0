import { INTERFACES, SOAP_OPERATIONS } from './behpardakht-wsdl';

const ENVELOPE = 'http://schemas.xmlsoap.org/soap/envelope/';
const DEPTH_MAX = 16;
const LONG_MAX = 2n ** 63n - 1n;
const LONG_MIN = -(2n ** 63n);

/** The message cannot be read; its text goes into the SOAP fault. */
export class SoapProblem extends Error {}

export interface SoapCall {
  /** Element name in the body, one of SOAP_OPERATIONS. */
  name: string;
  /** Longs as decimal digits, '0' where they are missing; strings '' where they are missing: so JAXB hands them on. */
  fields: Readonly<Record<string, string>>;
}

interface Element {
  namespace: string;
  name: string;
  text: string;
  children: Element[];
}

/**
 * Reads a SOAP 1.1 message as strictly as the bank's schema is written: arguments in its order and in no namespace, longs of
 * 64 bits. It is no general XML reader, and a second implementation beside the client's.
 */
export function parseSoapCall(xml: string): SoapCall {
  const envelope = parseXml(xml);
  if (envelope.name !== 'Envelope' || envelope.namespace !== ENVELOPE)
    throw new SoapProblem('not a SOAP 1.1 envelope');
  const body = envelope.children.find(({ name, namespace }) => name === 'Body' && namespace === ENVELOPE);
  const call = body?.children[0];
  if (!call || body.children.length !== 1) throw new SoapProblem('the body needs one element');
  const known = SOAP_OPERATIONS[call.name];
  if (call.namespace !== INTERFACES || !known)
    throw new SoapProblem(`Message part {${call.namespace}}${call.name} was not recognized.`);
  let next = 0;
  const given = new Map<string, string>();
  for (const { namespace, name, text, children } of call.children) {
    const position = known.fields.findIndex(([field]) => field === name);
    if (namespace !== '' || position < next || children.length > 0)
      throw new SoapProblem(`Unmarshalling Error: unexpected element (uri:"${namespace}", local:"${name}").`);
    next = position + 1;
    given.set(name, text);
  }
  const fields = known.fields.map(([field, type]) => {
    const text = given.get(field);
    return [field, type === 'long' ? long(text) : (text ?? '')] as const;
  });
  return { name: call.name, fields: Object.fromEntries(fields) };
}

export function soapAnswer(name: string, value: string): string {
  return envelopeOf(
    `<ns2:${name}Response xmlns:ns2="${INTERFACES}"><return>${escapeXml(value)}</return></ns2:${name}Response>`,
  );
}

export function soapFault(message: string): string {
  return envelopeOf(
    `<soap:Fault><faultcode>soap:Client</faultcode><faultstring>${escapeXml(message)}</faultstring></soap:Fault>`,
  );
}

function envelopeOf(body: string): string {
  return `<soap:Envelope xmlns:soap="${ENVELOPE}"><soap:Body>${body}</soap:Body></soap:Envelope>`;
}

function long(text = '0'): string {
  const digits = text.trim();
  const value = /^[+-]?\d{1,19}$/.test(digits) ? BigInt(digits.replace('+', '')) : undefined;
  if (value === undefined || value > LONG_MAX || value < LONG_MIN)
    throw new SoapProblem(`Unmarshalling Error: For input string: "${text}"`);
  return String(value);
}

const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([A-Za-z_][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/gy;
const ATTRIBUTE = /([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

function parseXml(xml: string): Element {
  const root: Element = { namespace: '', name: '', text: '', children: [] };
  const open: { element: Element; tag: string; namespaces: Readonly<Record<string, string>> }[] = [
    { element: root, tag: '', namespaces: { '': '' } },
  ];
  let read = 0;
  for (const token of xml.matchAll(TOKEN)) {
    read += token[0].length;
    const [, cdata, closing, tag, attributes = '', selfClosing, text] = token;
    const parent = open[open.length - 1];
    if (!parent) break;
    if (tag === undefined) {
      parent.element.text += cdata ?? unescapeXml(text ?? '');
      continue;
    }
    if (closing) {
      if (parent.tag !== tag) throw new SoapProblem(`unexpected </${tag}>`);
      open.pop();
      continue;
    }
    const namespaces = { ...parent.namespaces };
    for (const [, name = '', double, single] of attributes.matchAll(ATTRIBUTE)) {
      const value = unescapeXml(double ?? single ?? '');
      if (name === 'xmlns') namespaces[''] = value;
      else if (name.startsWith('xmlns:')) namespaces[name.slice('xmlns:'.length)] = value;
    }
    const [name = '', prefix = ''] = tag.split(':').toReversed();
    const namespace = namespaces[prefix];
    if (namespace === undefined) throw new SoapProblem(`prefix ${prefix} is bound to no namespace`);
    const element: Element = { namespace, name, text: '', children: [] };
    parent.element.children.push(element);
    if (!selfClosing) open.push({ element, tag, namespaces });
    if (open.length > DEPTH_MAX) throw new SoapProblem('nested too deeply');
  }
  const [document] = root.children;
  if (read !== xml.length || open.length !== 1 || !document || root.children.length !== 1)
    throw new SoapProblem('not well-formed');
  return document;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{1,10}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[String(name)] ?? String(whole);
    const code = decimal !== undefined ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
