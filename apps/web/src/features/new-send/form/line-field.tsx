import { Flex, Select, Tag, Typography } from 'antd';
import type { Schemas } from '../../../api/client';
import { dateTime, digits, fill } from '../../../ui/format';
import { lineClassTitles } from '../../../ui/terms';
import { hoursText, leavesAt, lineText } from '../../../parts/lines/line-words';
import fa from '../fa.json';

type Line = Schemas['LineDto'];

interface Props {
  readonly id?: string;
  readonly lines: readonly Line[];
  readonly value?: string;
  readonly onChange?: (lineId: string) => void;
  /** When it is due; absent: now. */
  readonly sendAt?: Date | undefined;
}

/** The sender number, with what its class and hours mean for this send (SMS-009). */
export function LineField({ id, lines, value, onChange, sendAt }: Props) {
  const line = lines.find((each) => each.id === value);
  return (
    <Flex vertical gap={4}>
      <Select
        id={id}
        value={value}
        onChange={onChange}
        options={lines.map((each) => ({
          value: each.id,
          label: digits(lineText(each)),
          disabled: !each.active,
        }))}
      />
      {line && <LineFacts line={line} sendAt={sendAt} />}
    </Flex>
  );
}

function LineFacts({ line, sendAt }: { line: Line; sendAt: Date | undefined }) {
  const due = sendAt ?? new Date();
  const leaves = leavesAt(line, due);
  return (
    <Typography.Text type="secondary">
      <Tag>{lineClassTitles[line.lineClass]}</Tag>
      {line.lineClass === 'advertising' ? fa.advertisingAbout : fa.serviceAbout} {hoursText(line)}
      {leaves > due && <b> {fill(fa.waitsForHours, { at: dateTime(leaves) })}</b>}
    </Typography.Text>
  );
}
