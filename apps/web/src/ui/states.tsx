import { Button, Flex, Result, Skeleton, Typography } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useRouteError } from 'react-router';
import { tellBroken } from '../api/broken';
import { ApiError } from '../api/client';
import fa from '../i18n/fa.json';

export function NotFound() {
  return (
    <Result
      status="404"
      title={fa.noSuchPage}
      subTitle={fa.noSuchPageWhy}
      extra={<Link to="/home">{fa.toHome}</Link>}
    />
  );
}

export function Forbidden() {
  return (
    <Result
      status="403"
      title={fa.forbidden}
      subTitle={fa.forbiddenWhy}
      extra={<Link to="/home">{fa.toHome}</Link>}
    />
  );
}

export function Loading() {
  return <Skeleton active aria-label={fa.loading} paragraph={{ rows: 6 }} />;
}

/** Why something could not be shown, in the words of the server, and a way on. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  if (error instanceof ApiError && error.status === 403) return <Forbidden />;
  if (error instanceof ApiError && error.status === 404)
    return <Result status="404" title={error.message} extra={<Link to="/home">{fa.toHome}</Link>} />;
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
  const error = useRouteError();
  const [id] = useState(() =>
    error instanceof ApiError && error.requestId ? error.requestId : tellBroken('render', error),
  );
  const navigate = useNavigate();
  return (
    <Result
      status="error"
      title={<h1 style={{ fontSize: 22, margin: 0 }}>{fa.pageFailed}</h1>}
      subTitle={
        <>
          <p>{whatToDo(error)}</p>
          <p>
            {fa.errorId} <Typography.Text copyable={{ text: id }}>{<bdi>{id}</bdi>}</Typography.Text>
          </p>
        </>
      }
      extra={
        <Flex gap="small" justify="center" wrap>
          <Button type="primary" onClick={() => window.location.reload()}>
            {fa.reload}
          </Button>
          <Button onClick={() => void navigate(-1)}>{fa.back}</Button>
          {/* Loaded anew: what broke may be broken for the next page too. */}
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
  return navigator.onLine ? fa.pageFailedWhat : fa.networkFailed;
}
