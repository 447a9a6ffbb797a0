import { Button, Flex, Result, Skeleton, Typography } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Link, useNavigate, useRouteError } from 'react-router';
import { tellBroken } from '../api/broken';
import { ApiError } from '../api/client';
import { isOnline } from '../api/line';
import { SupportContact } from './support';
import fa from '../i18n/fa.json';

/** A page that cannot be shown has a heading too: for those who do not see it, and who wait for one. */
function Heading({ children }: { children: ReactNode }) {
  return <h1 style={{ fontSize: 22, margin: 0 }}>{children}</h1>;
}

export function NotFound() {
  return (
    <Result
      status="404"
      title={<Heading>{fa.noSuchPage}</Heading>}
      subTitle={fa.noSuchPageWhy}
      extra={<Link to="/home">{fa.toHome}</Link>}
    />
  );
}

export function Forbidden() {
  return (
    <Result
      status="403"
      title={<Heading>{fa.forbidden}</Heading>}
      subTitle={fa.forbiddenWhy}
      extra={<Link to="/home">{fa.toHome}</Link>}
    />
  );
}

export function Loading() {
  return <Skeleton active aria-label={fa.loading} paragraph={{ rows: 6 }} />;
}

/**
 * Whether a reading that failed takes the page away. What was read before stays where the failure passes: the platform is
 * away or busy, and it is asked again. What is gone, or forbidden by now, does not stay.
 */
export function isLost(error: unknown, data: unknown): boolean {
  if (!error) return false;
  if (data === undefined) return true;
  return error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429;
}

/** Why something could not be shown, in the words of the server, and a way on. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  if (error instanceof ApiError && error.status === 403) return <Forbidden />;
  if (error instanceof ApiError && error.status === 404)
    return (
      <Result
        status="404"
        title={<Heading>{error.message}</Heading>}
        extra={<Link to="/home">{fa.toHome}</Link>}
      />
    );
  return (
    <Result
      status={error instanceof ApiError && error.status > 0 && error.status < 500 ? 'warning' : 'error'}
      title={error instanceof ApiError ? error.message : fa.pageFailed}
      subTitle={
        error instanceof ApiError && error.requestId ? (
          <>
            {fa.requestId} <bdi>{error.requestId}</bdi>
          </>
        ) : undefined
      }
      extra={onRetry && <Button onClick={onRetry}>{fa.retry}</Button>}
    />
  );
}

/**
 * A page broke, or its code did not come. What can be done, and the id by which support finds it in the log of the
 * platform.
 */
export function RouteError() {
  return <Broken error={useRouteError()} />;
}

export function Broken({ error }: { error: unknown }) {
  const [id] = useState(() =>
    error instanceof ApiError && error.requestId ? error.requestId : tellBroken('render', error),
  );
  const navigate = useNavigate();
  return (
    <Result
      status="error"
      title={<Heading>{fa.pageFailed}</Heading>}
      subTitle={
        <>
          <p>{whatToDo(error)}</p>
          <p>
            {fa.errorId} <Typography.Text copyable={{ text: id }}>{<bdi>{id}</bdi>}</Typography.Text>
          </p>
          <SupportContact />
        </>
      }
      extra={
        <Flex gap="small" justify="center" wrap>
          <Button type="primary" onClick={() => window.location.reload()}>
            {fa.reload}
          </Button>
          <Button onClick={() => void navigate(-1)}>{fa.back}</Button>
          {/* Loaded again: what broke may be broken for the next page too. */}
          <a href="/home">
            <Button tabIndex={-1}>{fa.toHome}</Button>
          </a>
        </Flex>
      }
    />
  );
}

function whatToDo(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  return isOnline() ? fa.pageFailedWhat : fa.networkFailed;
}
