import { useQuery } from '@tanstack/react-query';
import { Card, Typography } from 'antd';
import { api, ok } from '../../api/client';
import { date, digits, fill } from '../../ui/format';
import { Failure, isLost, Loading } from '../../ui/states';
import { Narrow } from './narrow';
import fa from './fa.json';

/** The terms in force (IDN-032). */
export function TermsScreen() {
  const { data, error, refetch } = useQuery({
    queryKey: ['terms'],
    queryFn: () => ok(api.GET('/api/v1/terms')),
  });
  if (isLost(error, data)) return <Failure error={error} onRetry={() => void refetch()} />;
  return (
    <Narrow title={fa.termsTitle} width={800}>
      <Card>
        {data ? (
          <>
            <Typography.Text type="secondary">
              {fill(fa.termsSince, { version: data.version, date: date(data.since) })}
            </Typography.Text>
            {/* The first paragraph is the title, which the page has already. */}
            {data.text
              .split(/\n\s*\n/)
              .slice(1)
              .map((paragraph) => (
                <Typography.Paragraph key={paragraph} style={{ marginBlock: 16, lineHeight: 2 }}>
                  {digits(paragraph)}
                </Typography.Paragraph>
              ))}
          </>
        ) : (
          <Loading />
        )}
      </Card>
    </Narrow>
  );
}
