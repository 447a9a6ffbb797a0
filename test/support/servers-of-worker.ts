// Each worker of Jest has servers of its own: TEST_SERVERS is a JSON list with the environment of each.
const { TEST_SERVERS: servers, JEST_WORKER_ID: worker = '1' } = process.env;
if (servers) Object.assign(process.env, (JSON.parse(servers) as NodeJS.ProcessEnv[])[Number(worker) - 1]);
