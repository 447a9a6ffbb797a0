import { query, runDatabaseCommand } from '@peyk/database';
import type { DatabaseCommandContext } from '@peyk/database';
import { SmsGatewayConfig } from './config';
import { databaseOptions } from './data-source';

const customerA = '0198f000-0000-7000-8000-00000000000a';
const customerB = '0198f000-0000-7000-8000-00000000000b';
const pooledLines = 20;
const link = '0198f000-0000-7000-8000-0000000000f1';

/** The demo operator (the simulator) and the demo customers' lines. Run again it only puts the link's address right. */
async function seedDemo({
  config,
  dataSource,
  logger,
}: DatabaseCommandContext<SmsGatewayConfig>): Promise<void> {
  await query(
    dataSource,
    `INSERT INTO links (id, name, host, port, system_id, password, parts_per_second, window_size, binds, receipt_wait_seconds, doubt_wait_seconds)
     VALUES ($1, 'اپراتور نمونه', $2, $3, 'peyk', 'peyk-sim', $4, 100, 2, 60, 120)
     ON CONFLICT (id) DO UPDATE SET host = excluded.host, port = excluded.port`,
    [link, config.demoSmppHost, config.demoSmppPort, config.demoPartsPerSecond],
  );
  const lines: [
    id: string,
    customer: string,
    number: string,
    lineClass: string,
    hoursFrom: number,
    hoursTo: number,
    refund: string,
  ][] = [
    ['0198f000-0000-7000-8000-0000000000a1', customerA, '982000001', 'service', 0, 24, 'submitted'],
    ['0198f000-0000-7000-8000-0000000000a2', customerA, '983000001', 'advertising', 8, 22, 'delivered'],
    [config.siteLineId, config.siteAccountId, '982000000', 'service', 0, 24, 'submitted'],
    ['0198f000-0000-7000-8000-0000000000b1', customerB, '982000002', 'service', 0, 24, 'submitted'],
  ];
  for (const [id, customer, number, lineClass, hoursFrom, hoursTo, refund] of lines) {
    await query(
      dataSource,
      `INSERT INTO lines (id, customer_id, link_id, number, line_class, hours_from, hours_to, refund_policy)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING`,
      [id, customer, link, number, lineClass, hoursFrom, hoursTo, refund],
    );
  }
  // For those who sign up: one each, and when none is left the shared one.
  for (let no = 1; no <= pooledLines; no++) {
    await query(
      dataSource,
      `INSERT INTO line_pool (id, link_id, number, line_class) SELECT $1, $2, $3, 'service'
       WHERE NOT EXISTS (SELECT FROM lines WHERE number = $3) ON CONFLICT DO NOTHING`,
      [
        `0198f000-0000-7000-8000-0000000b${String(no).padStart(4, '0')}`,
        link,
        `98200001${String(no).padStart(2, '0')}`,
      ],
    );
  }
  await query(
    dataSource,
    `INSERT INTO lines (id, customer_id, link_id, number, line_class, shared)
     VALUES ('0198f000-0000-7000-8000-0000000000c1', $1, $2, '982000100', 'service', true) ON CONFLICT DO NOTHING`,
    [config.siteAccountId, link],
  );
  logger.info('the demo link and lines are there');
}

runDatabaseCommand(
  { program: 'sms-gateway', action: 'seed', config: SmsGatewayConfig, database: databaseOptions },
  seedDemo,
);
