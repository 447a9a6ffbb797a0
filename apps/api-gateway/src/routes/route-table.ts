import { EmptyDto, fieldsOf } from '@peyk/contracts';
import type { DtoClass, ErrorCode, RpcContract } from '@peyk/contracts';

/** Stands before the path of every route. */
export const apiPrefix = 'api/v1';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** What a route takes from its contract: who may come in, what is read, what is answered, which errors. */
export type RouteContract = Pick<
  RpcContract,
  'name' | 'input' | 'output' | 'access' | 'permission' | 'does' | 'errors'
>;

interface RouteOptions {
  /** Status of success; without it 200, and 204 where nothing is answered. */
  readonly status?: number;
  /** In OpenAPI instead of the contract's `does`. */
  readonly summary?: string;
  /** `sessions`: counts against the limit of sign-ins of an address. */
  readonly limit?: 'sessions';
  /** Only for scripts of our own pages (`OwnPageGuard`). */
  readonly ownPage?: true;
}

interface RouteBase extends RouteOptions {
  readonly method: Method;
  /** Behind `/api/v1/`; `:name` is a field of the input. */
  readonly path: string;
  readonly contract: RouteContract;
  /** What comes in over HTTP. */
  readonly input: DtoClass;
  /** A class, or a media type with what it holds; `EmptyDto`: nothing. */
  readonly answers: DtoClass | MediaAnswer;
  /** A field that may come as this header instead of in the body. */
  readonly header?: { readonly name: string; readonly field: string; readonly description: string };
  /** A multipart body: one file in this field. */
  readonly file?: { readonly field: string; readonly description: string };
  /** In OpenAPI instead of the contract's name, for a route that stands for several contracts. */
  readonly operationId?: string;
  /** Further codes than the contract's. */
  readonly errors?: readonly ErrorCode[];
}

export interface PassOnRoute extends RouteBase {
  readonly contract: RpcContract;
  /** `client` (where the person sits) is added to what comes in. */
  readonly addsClient: boolean;
  readonly handler?: undefined;
}

export interface SpecialRoute<H extends string = string> extends RouteBase {
  /** The method of its controller that answers. */
  readonly handler: H;
}

/** One HTTP route. */
export type Route = PassOnRoute | SpecialRoute;

export interface MediaAnswer {
  readonly mediaType: string;
  readonly holds: string;
}

/** The routes of one noun, in the order of the docs. */
export interface RouteTable<H extends string = string> {
  /** Group in the docs. */
  readonly tag: string;
  readonly passedOn: readonly PassOnRoute[];
  readonly special: readonly SpecialRoute<H>[];
  readonly routes: readonly Route[];
}

type PassOnOptions<I extends object> = RouteOptions & {
  /** This field of the input may come as the header `Idempotency-Key` instead of in the body. */
  readonly idempotencyKey?: keyof I & string;
  /** What comes in over HTTP, where the gateway adds `client` to it (where the person sits). */
  readonly inputWithoutClient?: 'client' extends keyof I ? DtoClass<Omit<I, 'client'>> : never;
};

/**
 * A route that is its contract: the checked input goes to the service, in the name of who is signed in (of nobody where
 * the contract is public), and the service's answer goes back.
 */
export function passOn<I extends object, O extends object>(
  method: Method,
  path: string,
  contract: RpcContract<I, O>,
  { idempotencyKey, inputWithoutClient, ...options }: PassOnOptions<I> = {},
): PassOnRoute {
  const route: PassOnRoute = {
    ...options,
    method,
    path,
    contract: contract,
    input: inputWithoutClient ?? contract.input,
    answers: contract.output,
    addsClient: inputWithoutClient !== undefined,
    header: idempotencyHeader(idempotencyKey),
  };
  if (contract.access === 'service') refuse(route, `${contract.name} is for programs only`);
  if (fieldsOf(route.input).has('client')) refuse(route, 'anybody could say where they sit');
  checkFields(route);
  return route;
}

interface SpecialOptions extends RouteOptions, Pick<RouteBase, 'file' | 'operationId' | 'errors'> {
  /** What comes in over HTTP, where it is not the contract's input. */
  readonly input?: DtoClass;
  /** What goes out, where it is not the contract's output. */
  readonly answers?: DtoClass | MediaAnswer;
  /** This field of the input may come as the header `Idempotency-Key` instead of in the body. */
  readonly idempotencyKey?: string;
}

/** A route with work of the gateway's own (files, streams, cookies): the method `handler` of its controller answers it. */
export function special<const H extends string>(
  handler: H,
  method: Method,
  path: string,
  contract: RouteContract,
  { input = contract.input, answers = contract.output, idempotencyKey, ...options }: SpecialOptions = {},
): SpecialRoute<H> {
  const header = idempotencyHeader(idempotencyKey);
  const route = { ...options, handler, method, path, contract, input, answers, header };
  checkFields(route);
  return route;
}

type HandlerOf<R> = R extends SpecialRoute<infer H> ? H : never;

export function routeTable<const R extends Route>(
  tag: string,
  routes: readonly R[],
): RouteTable<HandlerOf<R>> {
  return {
    tag,
    routes,
    passedOn: routes.filter((route): route is R & PassOnRoute => route.handler === undefined),
    special: routes.filter((route): route is R & SpecialRoute<HandlerOf<R>> => route.handler !== undefined),
  };
}

/** Fields that stand in the path. */
export function pathFieldsOf({ path }: Pick<Route, 'path'>): string[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
}

export function hasBody({ method }: Pick<Route, 'method'>): boolean {
  return method === 'POST' || method === 'PUT';
}

/** For a person: `GET sends/:sendId`. */
export function nameOf({ method, path }: Pick<Route, 'method' | 'path'>): string {
  return `${method} ${path}`;
}

export function answersNothing({ answers }: Pick<Route, 'answers'>): boolean {
  return answers === EmptyDto;
}

function idempotencyHeader(field: string | undefined): RouteBase['header'] {
  if (field === undefined) return undefined;
  const description = `The same as \`${field}\` in the body; one of the two is needed, both must agree`;
  return { name: 'Idempotency-Key', field, description };
}

/** The program does not start with a route that nobody could ask rightly. */
function checkFields(route: Route): void {
  const fields = fieldsOf(route.input);
  for (const field of [...pathFieldsOf(route), ...(route.header ? [route.header.field] : [])])
    if (!fields.has(field)) refuse(route, `${route.input.name} has no field ${field}`);
}

function refuse(route: Route, reason: string): never {
  throw new Error(`route ${nameOf(route)}: ${reason}`);
}
