import type { Schemas } from '../../../api/client';
import { dateTime, digits, fill, number, toman } from '../../../ui/format';
import { leavesAt, lineText } from '../../../parts/lines/line-words';
import { repeats } from '../../../parts/sends/words';
import { Fact } from '../../../ui/fact';
import type { FormValues } from './values';
import fa from '../fa.json';

/** What is confirmed before it leaves: count, parts, cost, line, time (WEB-205). */
export function SendFacts({ quote, values }: { quote: Schemas['QuoteDto']; values: FormValues }) {
  const { recipients, parts, totalRials, line } = quote;
  const due = values.sendAt ?? new Date();
  const leaves = leavesAt(line, due);
  const time = values.sendAt ? dateTime(values.sendAt) : fa.now;
  return (
    <dl className="card-facts">
      <Fact name={fa.recipients} value={number(recipients)} />
      <Fact name={fa.parts} value={fill(fa.partsInAll, { parts, all: parts * recipients })} />
      <Fact name={fa.cost} value={<b>{toman(totalRials)}</b>} />
      <Fact name={fa.line} value={digits(lineText(line))} />
      <Fact
        name={fa.sendTime}
        value={leaves > due ? fill(fa.leavesAt, { time, at: dateTime(leaves) }) : time}
      />
      {values.repeat && (
        <Fact
          name={fa.repeat}
          value={fill(fa.repeatSaid, { every: repeats[values.repeat.every], times: values.repeat.times })}
        />
      )}
    </dl>
  );
}
