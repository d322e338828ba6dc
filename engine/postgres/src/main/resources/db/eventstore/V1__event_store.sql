create table event (
    position       bigint generated always as identity (cache 1),
    id             uuid not null,
    stream         text collate "C" not null,
    version        bigint not null,
    type           text not null,
    body           text not null,
    recorded_at    timestamptz not null,
    correlation_id uuid not null,
    causation_id   uuid not null,
    traceparent    text not null,
    constraint event_position primary key (position),
    constraint event_stream_version unique (stream, version),
    constraint event_version_from_one check (version >= 1)
);
comment on table event is 'Everything that happened; only ever appended to';
comment on column event.position is 'The order of the feed; with holes, and drawn before the commit: read it through the feed only';
comment on column event.id is 'Derived from command, stream and version, so unique by (stream, version), which saves an index';
comment on column event.stream is '<context>.<aggregate>/<id>';
comment on column event.version is '1, 2, 3 … within the stream; the unique index on both is what concurrent appenders collide on';
comment on column event.type is '<context>.<Name>.v<n>, not a class name';
comment on column event.body is 'JSON, kept to the letter';

-- Whoever appends holds a lock that the feed can see, from before the first position is drawn until the transaction has
-- ended. It is shared: appenders don't wait for each other. The key is 'Quad' in ASCII, and 1.
create function event_append_begins() returns trigger language plpgsql as $$
begin
    perform pg_advisory_xact_lock_shared(1366647140, 1);
    return null;
end
$$;

create trigger event_append_begins before insert on event
    for each statement execute function event_append_begins();

-- Also for those who replicate or restore with triggers turned off.
alter table event enable always trigger event_append_begins;

create view appender as
    select virtualtransaction, pid
    from pg_locks
    where locktype = 'advisory'
        and database = (select oid from pg_database where datname = current_database())
        and classid = 1366647140 and objid = 1 and objsubid = 2;
comment on view appender is 'Transactions that may have drawn a position and have not ended';
comment on column appender.pid is 'Null for a prepared transaction';

create table outcome (
    command_id uuid not null,
    request_id uuid,
    decided_at timestamptz not null,
    stream     text not null,
    version    bigint not null,
    events     integer,
    reason     text,
    message    text,
    constraint outcome_command primary key (command_id),
    constraint outcome_request unique (request_id),
    constraint outcome_accepted_or_rejected
        check (num_nonnulls(events, reason) = 1 and (reason is null) = (message is null))
);
create index outcome_decided_at on outcome (decided_at);
comment on table outcome is 'How each command was decided; deleted when it has expired';
comment on column outcome.stream is 'Accepted: the aggregate. Rejected: where the rejection stands';
comment on column outcome.version is 'What the stream had reached then';
comment on column outcome.events is 'Accepted: how many were appended';
comment on column outcome.reason is 'Rejected: why, in UPPER_SNAKE_CASE';

create table checkpoint (
    name     text not null,
    position bigint not null,
    constraint checkpoint_name primary key (name)
);
comment on table checkpoint is 'How far each reader of the feed has come';
