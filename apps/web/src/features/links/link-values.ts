import type { Schemas } from '../../api/client';
import type { LinkDetail } from './link-figures';
import fa from './fa.json';

type Body = Schemas['LinkCreateDto'];

/** As people write them: times in seconds, minutes and hours. */
export interface LinkValues extends Omit<
  Body,
  'bindTimeoutMs' | 'responseTimeoutMs' | 'enquireLinkMs' | 'receiptWaitSeconds' | 'doubtWaitSeconds'
> {
  readonly bindTimeoutSeconds: number;
  readonly responseTimeoutSeconds: number;
  readonly enquireLinkSeconds: number;
  readonly receiptWaitHours: number;
  readonly doubtWaitMinutes?: number | null;
}

const defaults = {
  bindTimeoutMs: 30_000,
  responseTimeoutMs: 30_000,
  enquireLinkMs: 30_000,
  receiptWaitSeconds: 172_800,
  receiptRule: 'every_part',
  receiptWins: 'delivered',
  receiptFinalWaitSeconds: 0,
  doubtWaitSeconds: null,
  doubtSettlesAs: 'sent',
  tls: false,
  active: false,
  port: 2775,
} as const;

export function valuesOf(link: LinkDetail | undefined): Partial<LinkValues> {
  const known = link ?? defaults;
  return {
    ...(link && {
      name: link.name,
      host: link.host,
      systemId: link.systemId,
      systemType: link.systemType,
      partsPerSecond: link.partsPerSecond,
      window: link.window,
      binds: link.binds.length,
      caCertificate: link.caCertificate,
      tlsName: link.tlsName,
      sourceTon: link.sourceTon,
      sourceNpi: link.sourceNpi,
      destinationTon: link.destinationTon,
      destinationNpi: link.destinationNpi,
    }),
    port: known.port,
    active: known.active,
    tls: known.tls,
    bindTimeoutSeconds: known.bindTimeoutMs / 1_000,
    responseTimeoutSeconds: known.responseTimeoutMs / 1_000,
    enquireLinkSeconds: known.enquireLinkMs / 1_000,
    receiptWaitHours: known.receiptWaitSeconds / 3_600,
    receiptRule: known.receiptRule,
    receiptWins: known.receiptWins,
    receiptFinalWaitSeconds: known.receiptFinalWaitSeconds,
    doubtWaitMinutes: known.doubtWaitSeconds === null ? null : known.doubtWaitSeconds / 60,
    doubtSettlesAs: known.doubtSettlesAs,
  };
}

/** An empty password is none that was typed: it stays as it is. */
export function bodyOf(values: LinkValues): Body {
  const {
    bindTimeoutSeconds,
    responseTimeoutSeconds,
    enquireLinkSeconds,
    receiptWaitHours,
    doubtWaitMinutes,
    ...rest
  } = values;
  return {
    ...rest,
    password: values.password ? values.password : undefined,
    systemType: values.systemType ?? '',
    caCertificate: emptyAsNull(values.caCertificate),
    tlsName: emptyAsNull(values.tlsName),
    sourceTon: values.sourceTon ?? null,
    sourceNpi: values.sourceNpi ?? null,
    destinationTon: values.destinationTon ?? null,
    destinationNpi: values.destinationNpi ?? null,
    bindTimeoutMs: Math.round(bindTimeoutSeconds * 1_000),
    responseTimeoutMs: Math.round(responseTimeoutSeconds * 1_000),
    enquireLinkMs: Math.round(enquireLinkSeconds * 1_000),
    receiptWaitSeconds: Math.round(receiptWaitHours * 3_600),
    doubtWaitSeconds: doubtWaitMinutes ? Math.round(doubtWaitMinutes * 60) : null,
  };
}

function emptyAsNull(text: string | null | undefined): string | null {
  return text?.trim() ? text.trim() : null;
}

/** SMPP 3.4 sections 5.2.5 and 5.2.6. */
export const tons = [
  { value: 0, label: fa.ton0 },
  { value: 1, label: fa.ton1 },
  { value: 2, label: fa.ton2 },
  { value: 3, label: fa.ton3 },
  { value: 5, label: fa.ton5 },
] as const;
export const npis = [
  { value: 0, label: fa.npi0 },
  { value: 1, label: fa.npi1 },
  { value: 8, label: fa.npi8 },
  { value: 9, label: fa.npi9 },
] as const;
