import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { parseMobile } from '@peyk/persian';
import { Button, Flex, Tag, theme } from 'antd';
import { useEffect } from 'react';
import { useParams } from 'react-router';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { dateTime, digits, fill, mobile, number, toman } from '../../ui/format';
import { Page } from '../../ui/page';
import { Failure, Loading } from '../../ui/states';
import { messageStates, sendStates } from '../../parts/sends/words';
import { ReplyBox } from './reply-box';
import fa from './fa.json';
import './inbox.css';

type Message = Schemas['ThreadMessageDto'];
const pageRows = 50;
const directionTitles: Readonly<Record<Message['direction'], string>> = {
  received: fa.received,
  answered: fa.secretary,
  sent: fa.sent,
};
const againMs = 5_000;

/** What one number wrote to one line, what its secretary answered, and what the customer sent to it. */
export function ThreadScreen() {
  const { threadId = '' } = useParams();
  const query = useInfiniteQuery({
    queryKey: ['inbox', 'thread', threadId],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      ok(
        api.GET('/api/v1/inbox/threads/{threadId}', {
          params: { path: { threadId }, query: { limit: pageRows, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    getNextPageParam: ({ nextCursor }) => nextCursor,
    // Every page is read again each time; who reads old ones waits for nothing new.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) <= 1 ? againMs : false),
  });
  const thread = query.data?.pages[0]?.thread;
  useSeen(thread);
  if (query.error && !thread) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (!thread) return <Loading />;
  const messages = query.data?.pages.flatMap((page) => page.messages) ?? [];
  const sender = parseMobile(thread.from);
  return (
    <Page
      title={
        <>
          {fa.thread} <bdi dir="ltr">{mobile(thread.from)}</bdi>
        </>
      }
      about={fill(fa.threadAbout, { line: digits(thread.line), count: thread.messages })}
    >
      <Flex vertical gap="small">
        {query.hasNextPage && (
          <Flex justify="center">
            <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {fa.older}
            </Button>
          </Flex>
        )}
        <ol className="chat" aria-label={fa.messages}>
          {messages.toReversed().map((message) => (
            <Bubble key={message.id} message={message} />
          ))}
        </ol>
        {sender.ok && <ReplyBox thread={thread} to={sender.msisdn.replace(/^98/, '0')} />}
      </Flex>
    </Page>
  );
}

/** What is on the screen is seen. */
function useSeen(thread: Schemas['ThreadDto'] | undefined): void {
  const queries = useQueryClient();
  const { id, lastId, unread = 0 } = thread ?? {};
  useEffect(() => {
    if (!id || !lastId || unread === 0) return;
    ok(
      api.POST('/api/v1/inbox/threads/{threadId}/seen', {
        params: { path: { threadId: id } },
        body: { upTo: lastId },
      }),
    )
      .then(() => queries.invalidateQueries({ queryKey: ['inbox'] }))
      // It stays unread, and is seen the next time.
      .catch(() => undefined);
  }, [id, lastId, unread, queries]);
}

function Bubble({ message }: { message: Message }) {
  const { token } = theme.useToken();
  const { direction, text, at, state, sendState, parts, costRials } = message;
  const isOwn = direction !== 'received';
  const said = state ? messageStates[state] : sendState && sendStates[sendState];
  return (
    <li
      className={isOwn ? 'chat-own' : 'chat-their'}
      style={{
        background: isOwn ? token.colorPrimaryBg : token.colorBgContainer,
        borderColor: token.colorBorderSecondary,
      }}
    >
      <div className="chat-text" dir="auto">
        {text}
      </div>
      <small>
        {directionTitles[direction]} · {dateTime(at)}
        {parts !== undefined && costRials !== undefined && (
          <> · {fill(fa.partsAndPrice, { parts: number(parts), price: toman(costRials) })}</>
        )}{' '}
        {said && <Tag color={said.tone}>{said.text}</Tag>}
      </small>
    </li>
  );
}
