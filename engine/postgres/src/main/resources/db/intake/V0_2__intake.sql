create table source (
    stream  text collate "C" not null,
    version bigint not null,
    constraint source_stream primary key (stream)
) with (fillfactor = 70);
comment on table source is 'How far each stream of the bus has been taken in, moved in the transaction that changes the other tables';
comment on column source.version is '0 while nothing but early events has come';

create table waiting (
    stream         text collate "C" not null,
    version        bigint not null,
    type           text not null,
    body           text not null,
    id             uuid not null,
    recorded_at    timestamptz not null,
    correlation_id uuid not null,
    causation_id   uuid not null,
    traceparent    text not null,
    constraint waiting_stream_version primary key (stream, version)
);
comment on table waiting is 'Events that came before their predecessors';
