import { Button, Flex, Spin } from 'antd';
import fa from '../fa.json';

interface Props {
  readonly isReading: boolean;
  readonly hasFailed: boolean;
  readonly onRetry: () => void;
}

/** Below the rows that are there: the next ones are being read, or could not be. */
export function MoreRows({ isReading, hasFailed, onRetry }: Props) {
  if (!isReading && !hasFailed) return null;
  return (
    <Flex justify="center" style={{ padding: 8 }}>
      {isReading ? <Spin size="small" /> : <Button onClick={onRetry}>{fa.loadMore}</Button>}
    </Flex>
  );
}
