export interface WorkedExample {
  readonly title: string;
  readonly about: string;
  /** Lines for a POSIX shell with curl; an example may use what the ones before it set. */
  readonly shell: string;
}

/**
 * What a program of a customer does first, as lines to copy. A test runs all of them in order against a whole platform,
 * with PEYK and the account set as they are for a reader of the demo.
 */
export const workedExamples: readonly WorkedExample[] = [
  {
    title: 'Sign in and make an API key',
    about:
      'A person signs in once and makes a key for the program. The key is shown this once; it may do what its scopes name. The panel makes keys too.',
    shell: `value() { grep -o "\\"$1\\":\\"[^\\"]*\\"" | head -1 | cut -d'"' -f4; }
JSON='content-type: application/json'
TOKEN=$(curl -s $PEYK/api/v1/sessions -H "$JSON" -d "{\\"username\\":\\"$NAME\\",\\"password\\":\\"$PASSWORD\\"}" | value accessToken)
KEY=$(curl -s $PEYK/api/v1/api-keys -H "authorization: Bearer $TOKEN" -H "$JSON" \\
  -d '{"name":"shop","scopes":["sms.send","sms.read","lists.write","wallet.read"]}' | value key)
AUTH="x-api-key: $KEY"`,
  },
  {
    title: 'Price a text, then send it to a few numbers',
    about:
      'The quote says parts and Rial and takes nothing. A send that is repeated with its idempotency key is the same send: a program that got no answer asks again without paying twice.',
    shell: `curl -s $PEYK/api/v1/lines -H "$AUTH"
LINE=0198f000-0000-7000-8000-0000000000a1 # the id of the line to send from; this is one of the demo's
ORDER='{"lineId":"'$LINE'","text":"سلام. سفارش شما آماده است.","recipients":{"numbers":["09121111111","+98 935 222 2222"]}}'
curl -s $PEYK/api/v1/sends/quote -H "$AUTH" -H "$JSON" -d "$ORDER"
SEND=$(curl -s $PEYK/api/v1/sends -H "$AUTH" -H "$JSON" -H "idempotency-key: order-1405-$(date +%s)" -d "$ORDER" | value id)`,
  },
  {
    title: 'Send to a file of recipients',
    about:
      'CSV or xlsx, any order of columns, any digits. The file is read in the background: ask until its state is ready. What was not usable stands in errors.csv.',
    shell: `printf 'نام,شماره همراه\\nسارا,۰۹۱۲۱۱۱۱۱۱۱\\nعلی,+98 935 222 2222\\nغلط,0912\\n' > people.csv
LIST=$(curl -s $PEYK/api/v1/recipient-lists/file -H "$AUTH" -F file=@people.csv | value id)
until [ "$(curl -s $PEYK/api/v1/recipient-lists/$LIST -H "$AUTH" | value state)" = ready ]; do sleep 1; done
curl -s $PEYK/api/v1/recipient-lists/$LIST/errors.csv -H "$AUTH"
ORDER='{"lineId":"'$LINE'","text":"جلسه ساعت ده است.","recipients":{"listId":"'$LIST'"}}'
SEND=$(curl -s $PEYK/api/v1/sends -H "$AUTH" -H "$JSON" -H "idempotency-key: meeting-$(date +%s)" -d "$ORDER" | value id)`,
  },
  {
    title: 'Follow a send and read its report',
    about:
      'A send is over when its state is finished. The report has one line a message, with its final state and its price.',
    shell: `until [ "$(curl -s $PEYK/api/v1/sends/$SEND -H "$AUTH" | value state)" = finished ]; do sleep 1; done
curl -s $PEYK/api/v1/sends/$SEND/report.csv -H "$AUTH"`,
  },
  {
    title: 'Read what came in, and the credit',
    about:
      'Received messages come newest first, page by page: the next page is asked for with the cursor of the last one.',
    shell: `curl -s "$PEYK/api/v1/inbox?limit=50" -H "$AUTH"
curl -s $PEYK/api/v1/wallet -H "$AUTH"`,
  },
];

/** The examples as Markdown, for the description of the API. */
export function renderWorkedExamples(): string {
  const examples = workedExamples.map(
    ({ title, about, shell }, index) =>
      `### ${index + 1}. ${title}\n\n${about}\n\n\`\`\`sh\n${shell}\n\`\`\`\n`,
  );
  return [
    '## Worked examples\n',
    'Set `PEYK` to the address of the platform, `NAME` and `PASSWORD` to an account; on a demo: `PEYK=http://127.0.0.1:8080 NAME=demo PASSWORD=Demo-1405-pass`.\n',
    ...examples,
  ].join('\n');
}
