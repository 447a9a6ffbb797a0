import { Controller, Inject, Req } from '@nestjs/common';
import type { Provider, Type } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import type { FastifyRequest } from 'fastify';
import { callerOf, clientOf } from '../auth/caller.decorator';
import { Input } from '../http/input.decorator';
import { decoratorsOf } from './route-decorators';
import { answersNothing, nameOf } from './route-table';
import type { Route, RouteTable } from './route-table';

/** What one folder brings to the gateway. */
export interface GatewayPart {
  /** In the order of the docs. */
  readonly tables: readonly RouteTable[];
  /** Those of the special routes, and what listens to live events. */
  readonly controllers?: readonly Type[];
  readonly providers?: readonly Provider[];
}

const servedBy = new WeakMap<RouteTable, Type>();

/**
 * Makes a class the controller of the special routes of a table: each is answered by the method that it names. One that
 * the class does not have does not compile.
 */
export function ControllerOf<H extends string>(table: RouteTable<H>) {
  return (controller: new (...args: never[]) => Record<H, (...args: never[]) => unknown>): void => {
    decorateController(controller, table);
    for (const route of table.special) decorateMethod(controller, route.handler, route);
    servedBy.set(table, controller);
  };
}

/** All controllers of a part: its own, and one made for each table with routes that are passed on. */
export function controllersOf({ tables, controllers = [] }: GatewayPart): Type[] {
  for (const table of tables) {
    const [special] = table.special;
    const controller = servedBy.get(table);
    if (special && !(controller && controllers.includes(controller)))
      throw new Error(`route ${nameOf(special)}: its part has no controller for it`);
  }
  const made = tables.filter(({ passedOn }) => passedOn.length > 0).map(passOnControllerOf);
  return [...made, ...controllers];
}

function passOnControllerOf(table: RouteTable): Type {
  class PassOnController {
    constructor(@Inject(MESSAGING) readonly runtime: MessagingRuntime) {}
  }
  decorateController(PassOnController, table);
  for (const route of table.passedOn) {
    const name = nameOf(route);
    const methods = {
      async [name](
        this: PassOnController,
        input: object,
        request: FastifyRequest,
      ): Promise<object | undefined> {
        const { contract, addsClient } = route;
        const asked = addsClient ? { ...input, client: clientOf(request) } : input;
        const as = contract.access === 'public' ? 'nobody' : callerOf(request).as;
        const answer = await this.runtime.rpc.call(contract, asked, as);
        return answersNothing(route) ? undefined : answer;
      },
    };
    Object.defineProperty(PassOnController.prototype, name, { value: methods[name] });
    Input()(PassOnController.prototype, name, 0);
    Req()(PassOnController.prototype, name, 1);
    decorateMethod(PassOnController, name, route);
  }
  return PassOnController;
}

function decorateController(controller: Type, { tag }: RouteTable): void {
  Controller()(controller);
  ApiTags(tag)(controller);
}

function decorateMethod({ prototype }: Type, name: string, route: Route): void {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
  if (!descriptor) throw new Error(`route ${nameOf(route)}: its controller has no method ${name}`);
  decoratorsOf(route)(prototype as object, name, descriptor);
}
