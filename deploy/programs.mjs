// The one list of the programs of Peyk. What else must know them is made from it by `npm run gen`, or is checked by a test
// that names what is missing. `npm run new:service -- NAME` adds a row. No imports: it is read before anything is installed.

/**
 * @typedef {object} Row
 * @property {string} name folder below apps/, user of RabbitMQ, service of compose
 * @property {string} room its one word: of its secrets in .env (`<ROOM>_SERVICE_KEY`); where it answers or stores, also of
 *   its contracts (libs/contracts/src/<room>, `<room>.noun.verb`) and of its database (`peyk_<room>`)
 * @property {string} owns for docs/architecture.md
 * @property {string} does the same
 * @property {true} [talks] to the others over RabbitMQ: it has keys of its own, and a user of its name
 * @property {true} [answers] RPCs of its room
 * @property {true} [stores] in a database of its own, as a login that may enter no other
 * @property {true} [restricted] its service works as the role `<database>_service`, which may less than its login
 * @property {true} [seals] what it stores: it has SEAL_KEYS of its own
 * @property {true} [scales] local runs start as many of it as PEYK_WORKERS says
 * @property {1 | 2 | 3} drain turn in which it ends: first the door, then the services, last what they talk to
 * @property {number} [heapMb] bound of its heap in local runs, tests and benches (MB)
 * @property {Readonly<Record<string, string>>} [localDefaults] settings of local runs, tests and benches, unless the user's
 *   environment says otherwise; `{smpp}` stands for the port of that name
 * @property {Readonly<Record<string, string>>} [localFixed] the same, whatever the user's environment says
 * @property {Container} [container] what is special about it in docker-compose.yml
 */

/**
 * @typedef {object} Container
 * @property {Readonly<Record<string, string | number>>} [environment] settings that .env does not change
 * @property {readonly string[]} [without] settings that .env does not set there
 * @property {Readonly<Record<string, unknown>>} [service] further keys of its service
 */

/** Ports of the simulators, by the setting that sets them. Seeds and programs have the same. */
const SIMULATOR_PORTS = {
  SIM_SMPP_PORT: '{smpp}',
  SIM_HTTP_PORT: '{simulator}',
  SIM_BALE_PORT: '{bale}',
  SIM_SMTP_PORT: '{smtp}',
  SIM_MELLAT_PORT: '{mellat}',
  SIM_ZARINPAL_PORT: '{zarinpal}',
};

/** In the order in which demo data are seeded. */
const ROWS = /** @type {const} @satisfies {readonly Row[]} */ ([
  {
    name: 'identity',
    room: 'identity',
    owns: 'accounts, sessions, signing keys',
    does: 'signs people in; others verify its tokens by themselves',
    talks: true,
    answers: true,
    stores: true,
    seals: true,
    drain: 2,
    // It reads large files of people: 30 MB of them live, but without a bound garbage of 200 MB is left first.
    heapMb: 192,
    // Codes go to the simulated Bale, operator and mailbox.
    localDefaults: {
      PUBLIC_URL: 'http://127.0.0.1:{http}',
      CODES_BY_SMS: 'true',
      BALE_API_URL: 'http://127.0.0.1:{bale}',
      BALE_BOT_TOKEN: '1:peyk-sim',
      SAFIR_URL: 'http://127.0.0.1:{bale}',
      SAFIR_CLIENT_ID: 'peyk',
      SAFIR_CLIENT_SECRET: 'peyk-sim',
      SMTP_URL: 'smtp://127.0.0.1:{smtp}',
    },
    // It was the secret of all programs; what identity hashed with it stays searchable.
    localFixed: { HASH_SECRET: '{hashSecret}' },
  },
  {
    name: 'billing',
    room: 'billing',
    owns: 'ledger, holds, tariffs',
    does: 'says whether something may be spent, and what was',
    talks: true,
    answers: true,
    stores: true,
    restricted: true,
    drain: 2,
    // Payments go to the simulated banks.
    localDefaults: {
      PUBLIC_URL: 'http://127.0.0.1:{http}',
      MELLAT_WSDL_URL: 'http://127.0.0.1:{mellat}/pgwchannel/services/pgw?wsdl',
      MELLAT_START_URL: 'http://127.0.0.1:{mellat}/pgwchannel/startpay.mellat',
      MELLAT_TERMINAL_ID: '1234567',
      MELLAT_USER: 'peyk',
      MELLAT_PASSWORD: 'peyk-sim',
      ZARINPAL_URL: 'http://127.0.0.1:{zarinpal}',
      ZARINPAL_MERCHANT_ID: '00000000-0000-4000-8000-000000000001',
    },
  },
  {
    name: 'campaign-targeting',
    room: 'targeting',
    owns: 'lists of recipients',
    does: 'reads files, counts and hands out recipients',
    talks: true,
    answers: true,
    stores: true,
    drain: 2,
    // The texts of a large xlsx are spooled to /tmp: on disk, not in memory.
    container: { service: { read_only: false, tmpfs: [] } },
  },
  {
    name: 'sms-gateway',
    room: 'sms',
    owns: 'lines, links, sends, messages, receipts, inbox, worker sessions',
    does: 'accepts, prices, releases, records and reports every SMS',
    talks: true,
    answers: true,
    stores: true,
    seals: true,
    drain: 2,
    // Its demo link points to the simulated operator.
    localFixed: { SIM_SMPP_PORT: '{smpp}' },
    container: { environment: { SIM_SMPP_HOST: 'simulators', SIM_SMPP_PORT: 2775 } },
  },
  {
    name: 'sms-dispatch-worker',
    room: 'dispatch',
    owns: 'nothing',
    does: 'holds SMPP binds, paces, submits, brings answers and receipts',
    talks: true,
    answers: true,
    scales: true,
    drain: 2,
    // What it holds is bounded: its session's batches, 100,000 ids.
    heapMb: 96,
    container: { without: ['WORKER_NAME', 'SMPP_REFERENCE_TLV'] },
  },
  {
    name: 'api-gateway',
    room: 'gateway',
    owns: 'nothing',
    does: 'the one HTTP door: a request becomes one RPC',
    talks: true,
    drain: 1,
    localFixed: { HOST: '127.0.0.1', PORT: '{http}' },
    container: {
      environment: { HOST: '0.0.0.0', PORT: 8080 },
      service: {
        build: { context: '.', dockerfile: 'deploy/docker/Dockerfile' },
        pull_policy: 'build',
        ports: ['127.0.0.1:${PORT:-8080}:8080'],
      },
    },
  },
  {
    name: 'simulators',
    room: 'simulators',
    owns: 'nothing',
    does: 'an operator, Bale, a mailbox and banks, for development and tests',
    drain: 3,
    localFixed: SIMULATOR_PORTS,
    container: {
      environment: {
        SIM_HOST: '0.0.0.0',
        SIM_SMPP_PORT: 2775,
        SIM_HTTP_PORT: 2780,
        SIM_MELLAT_PORT: 2783,
        SIM_ZARINPAL_PORT: 2784,
        // For the image's health check: the simulators answer it on their HTTP face.
        HEALTH_PORT: 2780,
      },
      service: {
        profiles: ['demo'],
        ports: ['127.0.0.1:2780:2780', '127.0.0.1:2783:2783', '127.0.0.1:2784:2784'],
      },
    },
  },
]);

/** @typedef {(typeof ROWS)[number]['name']} ProgramName */

/**
 * @typedef {Omit<Row, 'name'> & {
 *   name: ProgramName,
 *   serves?: string,
 *   database?: string,
 *   worksAs?: string,
 *   prefix: string,
 * }} Program `serves`: first segment of the names of the contracts that it owns. `database`: its own, and the login that
 *   alone may enter it. `worksAs`: the role without login that its service works as. `prefix`: of its secrets in .env
 */

/** @type {readonly Program[]} */
export const PROGRAMS = ROWS.map((/** @type {Row & { name: ProgramName }} */ row) => {
  const database = row.stores && `peyk_${row.room}`;
  return {
    ...row,
    prefix: prefixOf(row),
    ...(row.answers && { serves: row.room }),
    ...(database && { database }),
    ...(database && row.restricted && { worksAs: `${database}_service` }),
  };
});

/** Programs that talk to each other over RabbitMQ. */
export const TALKING_PROGRAMS = PROGRAMS.filter(({ talks }) => talks);

/** Programs that have a database. */
export const STORING_PROGRAMS = PROGRAMS.filter(({ database }) => database);

/**
 * @param {Row} row
 * @returns {string} `WORKER` is older than rooms are, and stands in the .env of every installation
 */
function prefixOf({ name, room }) {
  return name === 'sms-dispatch-worker' ? 'WORKER' : room.toUpperCase().replaceAll('-', '_');
}
