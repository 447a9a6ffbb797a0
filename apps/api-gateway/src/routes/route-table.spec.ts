import { EmptyDto } from '@peyk/contracts';
import { billingTopupsRpc } from '@peyk/contracts/billing';
import {
  identityCodesRpc,
  identityContactsRpc,
  OwnMobileCodesDto,
  OwnMobileDto,
} from '@peyk/contracts/identity';
import { SendIdDto, smsSendsRpc } from '@peyk/contracts/sms';
import { ControllerOf, controllersOf } from './controllers';
import { passOn, routeTable, special } from './route-table';

describe(routeTable.name, () => {
  it('refuses, with its name, a route whose path has a field that its input does not have', () => {
    expect(() => passOn('GET', 'sends/:id', smsSendsRpc.read)).toThrow(
      'route GET sends/:id: SendIdDto has no field id',
    );
    expect(() => special('read', 'GET', 'sends/:sendId', smsSendsRpc.read, { input: EmptyDto })).toThrow(
      'route GET sends/:sendId: EmptyDto has no field sendId',
    );
  });

  it('refuses to pass on what only programs may ask, and what would let anybody say where they sit', () => {
    expect(() => passOn('POST', 'payments/:topupId', billingTopupsRpc.start)).toThrow('is for programs only');
    expect(() => passOn('POST', 'sessions/codes', identityCodesRpc.request)).toThrow(
      'route POST sessions/codes: anybody could say where they sit',
    );
  });

  it('takes no input that the contract does not take', () => {
    const { requestOwnMobile } = identityContactsRpc;
    passOn('POST', 'me/mobile/codes', requestOwnMobile, { inputWithoutClient: OwnMobileCodesDto });
    // @ts-expect-error the input of another contract
    passOn('POST', 'me/mobile/codes', requestOwnMobile, { inputWithoutClient: OwnMobileDto });
    // @ts-expect-error this contract does not ask where the person sits
    passOn('GET', 'sends/:sendId', smsSendsRpc.read, { inputWithoutClient: SendIdDto });
    expect(() =>
      // @ts-expect-error no field of the contract
      passOn('POST', 'sends', smsSendsRpc.create, { idempotencyKey: 'orderId' }),
    ).toThrow('SendRequestDto has no field orderId');
  });
});

describe(controllersOf.name, () => {
  const table = routeTable('sends', [
    passOn('GET', 'sends', smsSendsRpc.list),
    special('read', 'GET', 'sends/:sendId', smsSendsRpc.read),
  ]);

  it('refuses, with its name, a special route that no controller of the part answers', () => {
    expect(() => controllersOf({ tables: [table] })).toThrow(
      'route GET sends/:sendId: its part has no controller for it',
    );
  });

  it('makes a controller for what is passed on, beside that of the special routes', () => {
    @ControllerOf(table)
    class SendsController {
      read(): string {
        return 'read';
      }
    }
    expect(controllersOf({ tables: [table], controllers: [SendsController] })).toEqual([
      expect.any(Function),
      SendsController,
    ]);
    expect(controllersOf({ tables: [], controllers: [SendsController] })).toEqual([SendsController]);
  });

  it('a controller without a method for a special route does not compile', () => {
    expect(() => {
      // @ts-expect-error no method `read`
      @ControllerOf(table)
      class Empty {}
      return Empty;
    }).toThrow('its controller has no method read');
  });
});
