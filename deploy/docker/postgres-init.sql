-- Made by npm run gen from deploy/programs.mjs.
-- Run once by the PostgreSQL image on an empty data volume, as its administrator: a database and a role for each
-- program that owns data. Nobody may enter another's database.
\set ON_ERROR_STOP on
\getenv identity_password IDENTITY_DATABASE_PASSWORD
\getenv billing_password BILLING_DATABASE_PASSWORD
\getenv targeting_password TARGETING_DATABASE_PASSWORD
\getenv sms_password SMS_DATABASE_PASSWORD

CREATE ROLE peyk_identity LOGIN PASSWORD :'identity_password';
CREATE ROLE peyk_billing LOGIN PASSWORD :'billing_password';
CREATE ROLE peyk_targeting LOGIN PASSWORD :'targeting_password';
CREATE ROLE peyk_sms LOGIN PASSWORD :'sms_password';

-- What the service of billing works as: it may less than the owner of the tables (its program may make no role).
CREATE ROLE peyk_billing_service NOLOGIN;
GRANT peyk_billing_service TO peyk_billing WITH SET TRUE, INHERIT FALSE;

CREATE DATABASE peyk_identity OWNER peyk_identity ENCODING 'UTF8' TEMPLATE template0;
CREATE DATABASE peyk_billing OWNER peyk_billing ENCODING 'UTF8' TEMPLATE template0;
CREATE DATABASE peyk_targeting OWNER peyk_targeting ENCODING 'UTF8' TEMPLATE template0;
CREATE DATABASE peyk_sms OWNER peyk_sms ENCODING 'UTF8' TEMPLATE template0;

REVOKE CONNECT, TEMPORARY ON DATABASE peyk_identity, peyk_billing, peyk_targeting, peyk_sms FROM PUBLIC;
