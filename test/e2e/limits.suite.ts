import { randomUUID } from 'node:crypto';
import type { SendDto, SendRequestDto, SendsDto } from '@peyk/contracts/sms';
import type { RecipientListDto } from '@peyk/contracts/targeting';
import { ApiClient, fieldOf, isComplete, refusal } from '../support/api';
import type { ApiError } from '../support/api';
import { differences, rowCounts } from '../support/audit';
import { OperatorLink } from '../support/links';
import { writeZip } from '../support/recipient-file.generator';
import { demo } from '../support/system';
import type { PeykSystem } from '../support/system';
import { fileRowsMax, platform, uploadMaxBytes } from './platform';

const million = 1_000_000;
const text = 'سلام';

jest.setTimeout(300_000);

describe('what is too much is refused, and nothing of it stays', () => {
  let system: PeykSystem;
  let link: OperatorLink;
  let customer: ApiClient;
  /** Has hardly 5,000,000 Rial. */
  let poor: ApiClient;

  beforeAll(async () => {
    system = await platform();
    link = OperatorLink.demo(system);
    [customer, poor] = await Promise.all(
      [demo.customer, demo.other].map(({ username, password }) =>
        new ApiClient(system.baseUrl).signIn(username, password),
      ) as [Promise<ApiClient>, Promise<ApiClient>],
    );
  }, 300_000);

  const request = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
    lineId: demo.serviceLine,
    text,
    recipients: { numbers: ['09121000001'] },
    idempotencyKey: randomUUID(),
    ...more,
  });

  describe('a request', () => {
    const numbers = (count: number): string[] =>
      Array.from({ length: count }, (_, index) => `0912${1_000_000 + index}`);
    const cases: readonly (readonly [
      what: string,
      body: () => unknown,
      headers: Record<string, string>,
      refused: readonly [status: number, code: string, field?: string],
    ])[] = [
      [
        'a million letters in a body that may be so large',
        () => request({ text: 'a'.repeat(million) }),
        {},
        [400, 'input.invalid', 'text'],
      ],
      [
        'a million Persian letters',
        () => request({ text: 'س'.repeat(million) }),
        {},
        [413, 'input.tooLarge'],
      ],
      [
        'TGT-002 401 typed numbers',
        () => request({ recipients: { numbers: numbers(401) } }),
        {},
        [400, 'list.tooManyNumbers'],
      ],
      [
        'more typed numbers than are read at all',
        () => request({ recipients: { numbers: numbers(1_001) } }),
        {},
        [400, 'input.invalid', 'recipients.numbers'],
      ],
      ['an array for an object', () => [request()], {}, [400, 'input.invalid', 'body']],
      [
        'a body of another type',
        () => request(),
        { 'content-type': 'text/plain' },
        [400, 'input.unsupportedType'],
      ],
      [
        'a number beyond all numbers',
        () => request({ recipients: { listId: randomUUID(), count: Number.MAX_SAFE_INTEGER } }),
        {},
        [400, 'input.invalid', 'recipients.count'],
      ],
      [
        'deep nesting instead of a text',
        () => request({ text: JSON.parse(`${'['.repeat(1_000)}${']'.repeat(1_000)}`) as unknown }),
        {},
        [400, 'input.invalid', 'text'],
      ],
      [
        'a prototype for a field',
        () => JSON.parse('{"__proto__":{"text":"x"}}') as unknown,
        {},
        [400, 'input.invalid'],
      ],
    ];

    it.each(cases)('%s', async (_what, body, headers, [status, code, field]) => {
      const before = await rowCounts(system);
      for (const path of ['/sends', '/sends/quote']) {
        const sent = body();
        // A quote has no key.
        if (path.endsWith('quote') && !Array.isArray(sent))
          delete (sent as Partial<SendRequestDto>).idempotencyKey;
        const answer = await customer.raw('POST', path, sent, headers);
        const refused = (await answer.json()) as ApiError;
        expect([path, answer.status, refused.code]).toEqual([path, status, code]);
        if (field) expect(fieldOf(refused)).toBe(field);
      }
      expect(await rowCounts(system)).toEqual(before);
    });

    it('TGT-002 takes 400 typed numbers', async () => {
      const quote = await customer.quote({
        lineId: demo.serviceLine,
        text,
        recipients: { numbers: numbers(400) },
      });
      expect(quote.recipients).toBe(400);
    });

    it('half a JSON, and an address that is none', async () => {
      const answer = await fetch(`${system.baseUrl}/sends`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"text": ',
      });
      expect([400, 401]).toContain(answer.status);
      expect(await refusal(customer.request('GET', '/nothing'))).toEqual([404, 'route.notFound']);
      expect(await refusal(customer.request('GET', '/sends/no-uuid'))).toEqual([400, 'input.invalid']);
      expect(await refusal(customer.request('GET', '/sends?limit=201'))).toEqual([400, 'input.invalid']);
    });
  });

  describe('a file', () => {
    const bomb = async (): Promise<Blob> => {
      const zip = writeZip([
        ['[Content_Types].xml', ['<Types/>']],
        [
          'xl/workbook.xml',
          ['<workbook><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>'],
        ],
        [
          'xl/_rels/workbook.xml.rels',
          [
            '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="sheet.xml"/>',
            '<Relationship Id="rId2" Type="x/sharedStrings" Target="strings.xml"/></Relationships>',
          ],
        ],
        ['xl/sheet.xml', ['<worksheet><sheetData/></worksheet>']],
        // 64 MB of cells in some tens of kilobytes.
        ['xl/strings.xml', repeat('<si><t>09121234567</t></si>', 64 * 1024 * 1024)],
      ]);
      const pieces: Uint8Array<ArrayBuffer>[] = [];
      for await (const piece of zip) pieces.push(new Uint8Array(piece));
      return new Blob(pieces);
    };
    const png = Buffer.concat([
      Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      Buffer.from(Array.from({ length: 4_000 }, (_, index) => (index * 7_919) % 256)),
    ]);
    const cases: readonly (readonly [
      what: string,
      name: string,
      content: () => Blob | Promise<Blob>,
      refusal: string,
    ])[] = [
      ['that unpacks to a thousand times its size', 'bomb.xlsx', bomb, 'file.bomb'],
      ['that is a picture', 'numbers.csv', () => new Blob([new Uint8Array(png)]), 'file.notSpreadsheet'],
      [
        'of the old Excel',
        'numbers.xls',
        () => new Blob([new Uint8Array(Buffer.from('d0cf11e0a1b11ae1'.padEnd(2_048, '0'), 'hex'))]),
        'file.oldExcel',
      ],
      [
        'without a column of mobile numbers',
        'names.csv',
        () => new Blob(['نام,شهر\nعلی,تهران\n']),
        'file.noMobileColumn',
      ],
      [
        'with more rows than allowed',
        'long.csv',
        () => new Blob([`mobile\n${'09121234567\n'.repeat(fileRowsMax + 1)}`]),
        'file.tooManyRows',
      ],
    ];

    it.each(cases)('%s', async (_what, name, content, code) => {
      const before = await rowCounts(system);
      const list = await customer.uploadAndRead(name, await content());
      expect(list).toMatchObject({ state: 'refused', refusal: code });
      const { 'campaign-targeting.lists': lists = 0, ...rest } = before;
      // Only that it was refused stays.
      expect(await rowCounts(system)).toEqual({ ...rest, 'campaign-targeting.lists': lists + 1 });
      const [, refused] = await refusal(customer.createSend(send(list)));
      expect(['list.notReady', 'list.empty', 'list.notFound', code]).toContain(refused);
    });

    it('that is empty, too large, or no file at all', async () => {
      const before = await rowCounts(system);
      const upload = (content: Blob): Promise<[number, string]> =>
        refusal(customer.upload('numbers.csv', content));
      expect(await upload(new Blob([]))).toEqual([400, 'file.empty']);
      expect(await upload(new Blob([new Uint8Array(uploadMaxBytes + 1_000_000)]))).toEqual([
        413,
        'file.tooLarge',
      ]);
      expect(await refusal(customer.request('POST', '/recipient-lists/file', { file: 'x' }))).toEqual([
        400,
        'input.unsupportedType',
      ]);
      const form = new FormData();
      form.append('note', 'x');
      expect(await refusal(customer.request('POST', '/recipient-lists/file', form))).toEqual([
        400,
        'input.invalid',
      ]);
      const two = new FormData();
      two.append('file', new Blob(['mobile\n09121234567\n']), 'a.csv');
      two.append('file', new Blob(['mobile\n09121234567\n']), 'b.csv');
      expect(await refusal(customer.request('POST', '/recipient-lists/file', two))).toEqual([
        400,
        'input.invalid',
      ]);
      expect(await rowCounts(system)).toEqual(before);
    });

    it('SMS-215 whose cells are formulas: they come back as text', async () => {
      const cells = ['=HYPERLINK("http://x")', '+cmd', '-2+3', '@SUM(A1)'];
      const csv = `mobile,name\n09121234567,a\n${cells.map((cell) => `"${cell.replaceAll('"', '""')}",b`).join('\n')}\n`;
      const list = await customer.uploadAndRead('formulas.csv', new Blob([csv]));
      expect(list).toMatchObject({ state: 'ready', valid: 1, invalid: 4 });
      const answer = await customer.raw('GET', `/recipient-lists/${list.id}/errors.csv`);
      const lines = (await answer.text()).trimEnd().split('\r\n').slice(1);
      expect(lines).toHaveLength(4);
      for (const line of lines) expect(line).toMatch(/^\d+,"?'/);
    });

    function send(list: RecipientListDto): SendRequestDto {
      return {
        lineId: demo.serviceLine,
        text,
        recipients: { listId: list.id },
        idempotencyKey: randomUUID(),
      };
    }
  });

  describe('SMS-209 a send that the credit does not pay', () => {
    const file = (count: number): Blob =>
      new Blob([
        `mobile\n${Array.from({ length: count }, (_, index) => `0935${1_000_000 + index}`).join('\n')}\n`,
      ]);
    const order = (list: RecipientListDto): SendRequestDto => ({
      lineId: demo.otherLine,
      text,
      recipients: { listId: list.id },
      idempotencyKey: randomUUID(),
    });

    it('is refused before anything is queued', async () => {
      await system.simulator('POST', '/reset', {});
      const before = await poor.wallet();
      const list = await poor.uploadAndRead('many.csv', file(3_500));
      const rows = await rowCounts(system);
      const quote = await poor.quote(order(list));
      const { availableRials } = before;
      expect(availableRials).toBeGreaterThan(2_000 * 1_463);
      expect(availableRials).toBeLessThan(3_500 * 1_463);
      expect(quote).toMatchObject({ enough: false, totalRials: 3_500 * 1_463, availableRials });
      const wanted = order(list);
      for (let time = 0; time < 2; time++)
        expect(await refusal(poor.createSend(wanted))).toEqual([402, 'wallet.insufficientCredit']);
      const later = { ...order(list), sendAt: new Date(Date.now() + 3_600_000).toISOString() };
      expect(await refusal(poor.createSend(later))).toEqual([402, 'wallet.insufficientCredit']);
      expect(await poor.wallet()).toEqual(before);
      // That it was asked for and refused is kept; no message, no batch, no hold.
      const { sends } = await poor.request<SendsDto>('GET', '/sends?limit=1');
      expect(sends.map((send) => [send.state, send.refusal])).toEqual([
        ['refused', 'wallet.insufficientCredit'],
      ]);
      expect(await rowCounts(system)).toEqual({
        ...rows,
        'sms-gateway.sends': (rows['sms-gateway.sends'] ?? 0) + 1,
      });
      expect((await link.stats()).submitted).toBe(0);
    });

    it('guarantee 3: of five at once that it pays one of, exactly one goes', async () => {
      const { postedRials: before } = await poor.wallet();
      const list = await poor.uploadAndRead('some.csv', file(2_000));
      const results = await Promise.allSettled(Array.from({ length: 5 }, () => poor.createSend(order(list))));
      const accepted = results.filter(
        (result): result is PromiseFulfilledResult<SendDto> => result.status === 'fulfilled',
      );
      expect(accepted).toHaveLength(1);
      const refusals = await Promise.all(
        results
          .filter((result): result is PromiseRejectedResult => result.status === 'rejected')
          .map((result) => refusal(Promise.reject(result.reason as Error))),
      );
      for (const refused of refusals) expect(refused).toEqual([402, 'wallet.insufficientCredit']);
      await poor.until(accepted[0]?.value.id ?? '', isComplete, 120_000);
      expect((await poor.wallet()).postedRials).toBe(before - 2_000 * 1_463);
      expect(await differences(system)).toEqual([]);
    }, 300_000);
  });
});

/** `piece` again and again, in larger pieces, up to about `chars` in all. */
function* repeat(piece: string, chars: number): Generator<string> {
  const large = piece.repeat(1_000);
  for (let made = 0; made < chars; made += large.length) yield large;
}
