import type { Operation } from './order';

/** Of the messages: the SOAP body's element is in it, the arguments below are in none (`elementFormDefault` unqualified). */
export const INTERFACES = 'http://interfaces.core.sw.bps.com/';
const SERVICE = 'http://service.pgw.sw.bps.com/';

export type FieldType = 'long' | 'string';
export interface SoapOperation {
  operation: Operation;
  /** Names and types in the order of the schema. */
  fields: readonly (readonly [name: string, type: FieldType])[];
}

const identity = [
  ['terminalId', 'long'],
  ['userName', 'string'],
  ['userPassword', 'string'],
  ['orderId', 'long'],
] as const;
const sale = [...identity, ['saleOrderId', 'long'], ['saleReferenceId', 'long']] as const;

/**
 * The bank's operations that we use, by element name. Names, order and types are those of the bank's own WSDL; the five
 * fields after payerId came with guide 1.19, `bpVerifySettleRequest` with 1.39.
 */
export const SOAP_OPERATIONS: Readonly<Record<string, SoapOperation>> = {
  bpPayRequest: {
    operation: 'pay',
    fields: [
      ...identity,
      ['amount', 'long'],
      ['localDate', 'string'],
      ['localTime', 'string'],
      ['additionalData', 'string'],
      ['callBackUrl', 'string'],
      ['payerId', 'string'],
      ['mobileNo', 'string'],
      ['encPan', 'string'],
      ['panHiddenMode', 'string'],
      ['cartItem', 'string'],
      ['enc', 'string'],
    ],
  },
  bpVerifyRequest: { operation: 'verify', fields: sale },
  bpSettleRequest: { operation: 'settle', fields: sale },
  bpVerifySettleRequest: { operation: 'verifySettle', fields: sale },
  bpInquiryRequest: { operation: 'inquiry', fields: sale },
  bpReversalRequest: { operation: 'reverse', fields: sale },
};

const NAMES = Object.keys(SOAP_OPERATIONS);

/** `?wsdl`: binding and service; it imports the other document, as the bank's CXF splits them. */
export function serviceWsdl(endpoint: string): string {
  const operations = NAMES.map(
    (name) => `
    <wsdl:operation name="${name}">
      <soap:operation soapAction="" style="document"/>
      <wsdl:input name="${name}"><soap:body use="literal"/></wsdl:input>
      <wsdl:output name="${name}Response"><soap:body use="literal"/></wsdl:output>
    </wsdl:operation>`,
  ).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>
<wsdl:definitions name="PaymentGatewayImplService" targetNamespace="${SERVICE}" xmlns:ns1="${INTERFACES}" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:tns="${SERVICE}" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
  <wsdl:import location="${endpoint}?wsdl=IPaymentGateway.wsdl" namespace="${INTERFACES}"/>
  <wsdl:binding name="PaymentGatewayImplServiceSoapBinding" type="ns1:IPaymentGateway">
    <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>${operations}
  </wsdl:binding>
  <wsdl:service name="PaymentGatewayImplService">
    <wsdl:port binding="tns:PaymentGatewayImplServiceSoapBinding" name="PaymentGatewayImplPort">
      <soap:address location="${endpoint}"/>
    </wsdl:port>
  </wsdl:service>
</wsdl:definitions>`;
}

/** `?wsdl=IPaymentGateway.wsdl`: types, messages and the port type. */
export function interfaceWsdl(): string {
  const elements = NAMES.flatMap((name) => [name, `${name}Response`]).map(
    (name) => `
      <xs:element name="${name}" type="tns:${name}"/>`,
  );
  const types = Object.entries(SOAP_OPERATIONS).map(([name, { fields }]) => {
    const sequence = fields.map(([field, type]) =>
      type === 'long'
        ? `<xs:element name="${field}" type="xs:long"/>`
        : `<xs:element minOccurs="0" name="${field}" type="xs:string"/>`,
    );
    return `
      <xs:complexType name="${name}"><xs:sequence>${sequence.join('')}</xs:sequence></xs:complexType>
      <xs:complexType name="${name}Response"><xs:sequence><xs:element minOccurs="0" name="return" type="xs:string"/></xs:sequence></xs:complexType>`;
  });
  const messages = NAMES.flatMap((name) => [name, `${name}Response`]).map(
    (name) => `
  <wsdl:message name="${name}"><wsdl:part element="ns1:${name}" name="parameters"/></wsdl:message>`,
  );
  const operations = NAMES.map(
    (name) => `
    <wsdl:operation name="${name}">
      <wsdl:input message="ns1:${name}" name="${name}"/>
      <wsdl:output message="ns1:${name}Response" name="${name}Response"/>
    </wsdl:operation>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<wsdl:definitions name="IPaymentGateway" targetNamespace="${INTERFACES}" xmlns:ns1="${INTERFACES}" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
  <wsdl:types>
    <xs:schema elementFormDefault="unqualified" targetNamespace="${INTERFACES}" version="1.0" xmlns:tns="${INTERFACES}" xmlns:xs="http://www.w3.org/2001/XMLSchema">${elements.join('')}${types.join('')}
    </xs:schema>
  </wsdl:types>${messages.join('')}
  <wsdl:portType name="IPaymentGateway">${operations.join('')}
  </wsdl:portType>
</wsdl:definitions>`;
}
