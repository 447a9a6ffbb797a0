import type { DtoClass, Permission, RpcAccess } from '@peyk/contracts';

/** What the guard and the input reader need to know of the method that answers a route. */
export interface Endpoint {
  readonly access: RpcAccess;
  readonly permission?: Permission;
  readonly input: DtoClass;
  /** Fields that stand in the path. */
  readonly pathFields: readonly string[];
  /** The rest stands in the JSON body, else in the query string. */
  readonly hasBody: boolean;
  /** The body is a file. */
  readonly isFile: boolean;
  readonly header?: { readonly name: string; readonly field: string };
  readonly limit?: 'sessions';
}

/** Metadata of a method; the decorators of a route set it. */
export const endpointKey = 'peyk:endpoint';

/** Undefined for a method that answers no route of a table. */
export function endpointOf(handler: object): Endpoint | undefined {
  return Reflect.getMetadata(endpointKey, handler) as Endpoint | undefined;
}
