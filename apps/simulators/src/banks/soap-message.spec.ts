import { INTERFACES } from './behpardakht-wsdl';
import { parseSoapCall, soapAnswer, soapFault, SoapProblem } from './soap-message';

const envelope = (body: string, namespace = 'http://schemas.xmlsoap.org/soap/envelope/'): string =>
  `<?xml version="1.0"?><s:Envelope xmlns:s="${namespace}"><s:Header/><s:Body>${body}</s:Body></s:Envelope>`;
const verify = (fields: string): string =>
  envelope(`<b:bpVerifyRequest xmlns:b="${INTERFACES}">${fields}</b:bpVerifyRequest>`);

describe(parseSoapCall.name, () => {
  it('reads arguments as texts, so that a long above 2^53 stays exact', () => {
    const xml = verify(
      '<terminalId>1</terminalId><userName>a&amp;b&#x6cc;</userName><userPassword><![CDATA[<p>]]></userPassword>' +
        '<!-- comment --><orderId> 9007199254740993 </orderId><saleReferenceId>+7</saleReferenceId>',
    );
    expect(parseSoapCall(xml)).toEqual({
      name: 'bpVerifyRequest',
      fields: {
        terminalId: '1',
        userName: 'a&bی',
        userPassword: '<p>',
        orderId: '9007199254740993',
        // Missing: as JAXB hands it on.
        saleOrderId: '0',
        saleReferenceId: '7',
      },
    });
  });

  it('knows the namespace, whatever the prefix: also as the default one', () => {
    const xml = envelope(
      `<bpVerifyRequest xmlns="${INTERFACES}"><terminalId xmlns="">5</terminalId></bpVerifyRequest>`,
    );
    expect(parseSoapCall(xml).fields['terminalId']).toBe('5');
  });

  it.each([
    ['an empty text', ''],
    ['no XML', 'hello'],
    ['a document type', `<!DOCTYPE x [<!ENTITY a "b">]>${verify('')}`],
    ['an open element', verify('<orderId>').slice(0, -20)],
    ['crossed elements', verify('<orderId><userName></orderId></userName>')],
    ['two documents', verify('') + verify('').replace('<?xml version="1.0"?>', '')],
    ['SOAP 1.2', envelope('<x/>', 'http://www.w3.org/2003/05/soap-envelope')],
    ['an empty body', envelope('')],
    ['two calls', envelope('<x/><y/>')],
    ['an operation of no namespace', envelope('<bpVerifyRequest/>')],
    ['an unknown operation', envelope(`<b:bpFly xmlns:b="${INTERFACES}"/>`)],
    ['an unbound prefix', envelope('<b:bpVerifyRequest/>')],
    ['an argument in the namespace', verify('<b:terminalId>1</b:terminalId>')],
    ['an unknown argument', verify('<amount>1</amount>')],
    ['arguments in another order', verify('<userName>a</userName><terminalId>1</terminalId>')],
    ['an argument given twice', verify('<orderId>1</orderId><orderId>2</orderId>')],
    ['a long that is none', verify('<orderId>1.5</orderId>')],
    ['a long over 64 bits', verify('<orderId>9223372036854775808</orderId>')],
    ['an argument with elements in it', verify('<userName><b/></userName>')],
    ['a deep nest', envelope('<x>'.repeat(30) + '</x>'.repeat(30))],
  ])('refuses %s', (_, xml) => {
    expect(() => parseSoapCall(xml)).toThrow(SoapProblem);
  });

  it('escapes what it answers', () => {
    expect(soapAnswer('bpPayRequest', '0,<&>')).toContain('<return>0,&lt;&amp;&gt;</return>');
    expect(soapFault('<&>')).toContain('<faultstring>&lt;&amp;&gt;</faultstring>');
  });
});
