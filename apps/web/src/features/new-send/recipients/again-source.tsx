import { HistoryOutlined } from '@ant-design/icons';
import { Button, Flex } from 'antd';
import fa from '../fa.json';
import { ListState } from './file-source';
import type { RecipientSource, SourceProps } from './source';

/** The list of an earlier send, which goes out again. `value`: id of the list. */
function EarlierRecipients({ value, onChange }: SourceProps) {
  return (
    <Flex vertical gap="small">
      <ListState value={value} />
      <div>
        <Button onClick={() => onChange('')}>{fa.otherRecipients}</Button>
      </div>
    </Flex>
  );
}

export const againSource: RecipientSource = {
  key: 'again',
  title: fa.sourceAgain,
  icon: HistoryOutlined,
  onlyGiven: true,
  Editor: EarlierRecipients,
  Added: ListState,
  recipients: (value) => (value ? { listId: value } : undefined),
};
