import 'reflect-metadata';
import { IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import type { ControlRoutes } from '../operator/http-face';
import { parse } from '../operator/settings';
import { FAULTS } from './bale';
import type { Bale, Fault, FaultKind } from './bale';

class MobileRequest {
  @Matches(/^989\d{9}$/)
  mobile!: string;

  @IsOptional()
  @IsString()
  @Length(1, 100)
  name?: string;
}

class StartRequest {
  @Matches(/^989\d{9}$/)
  mobile!: string;

  /** The link that the panel shows, or its `start` parameter alone. */
  @IsOptional()
  @IsString()
  @Length(1, 300)
  link?: string;
}

class SayRequest {
  @Matches(/^989\d{9}$/)
  mobile!: string;

  @IsString()
  @Length(1, 4_000)
  text!: string;
}

class ContactRequest {
  @Matches(/^989\d{9}$/)
  mobile!: string;

  /** Whose card; the own one when absent. */
  @IsOptional()
  @Matches(/^989\d{9}$/)
  of?: string;
}

class FaultRequest {
  @IsIn(FAULTS)
  kind!: FaultKind;

  @IsIn(['bot', 'safir'])
  api!: Fault['api'];

  /** Absent: until the faults are put again. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  count?: number;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(60_000)
  ms?: number;
}

class SettingsRequest {
  @IsInt()
  @Min(0)
  @Max(1_000_000_000)
  credit!: number;
}

const done = { status: 'ok' };

/** How a test or a person at the keyboard acts as somebody on Bale, and reads what came. */
export function baleRoutes(bale: Bale): ControlRoutes {
  return {
    'POST /bale/people': ({ body }) => {
      const { mobile, name } = parse(MobileRequest, body);
      return bale.join(mobile, name);
    },
    'POST /bale/start': ({ body }) => {
      const { mobile, link } = parse(StartRequest, body);
      bale.start(mobile, link && URL.canParse(link) ? (new URL(link).searchParams.get('start') ?? '') : link);
      return done;
    },
    'POST /bale/say': ({ body }) => {
      const { mobile, text } = parse(SayRequest, body);
      bale.say(mobile, text);
      return done;
    },
    'POST /bale/contact': ({ body }) => {
      const { mobile, of } = parse(ContactRequest, body);
      bale.shareContact(mobile, of ?? mobile);
      return done;
    },
    'POST /bale/block': ({ body }) => {
      bale.block(parse(MobileRequest, body).mobile);
      return done;
    },
    'GET /bale/messages': ({ query }) => of(bale.messages, query),
    'GET /bale/codes': ({ query }) => of(bale.codes, query),
    'PUT /bale/settings': ({ body }) => {
      bale.settings.credit = parse(SettingsRequest, body).credit;
      return { credit: bale.settings.credit };
    },
    'POST /bale/faults': ({ body }) => {
      const { kind, api, count, ms } = parse(FaultRequest, body);
      bale.faults.push({ kind, api, count: count ?? null, ms: ms ?? 0 });
      return { faults: bale.faults };
    },
    'DELETE /bale/faults': () => {
      bale.faults = [];
      return { faults: [] };
    },
    'POST /bale/reset': () => {
      bale.reset();
      return done;
    },
  };
}

/** Oldest first; of one mobile where it is asked for. */
function of<T extends { mobile: string }>(list: readonly T[], query: URLSearchParams): T[] {
  const mobile = query.get('mobile');
  return list.filter((item) => mobile === null || item.mobile === mobile);
}
