create table deadline (
    stream         text collate "C" not null,
    version        bigint not null,
    index          integer not null,
    process        uuid not null,
    scheduled_for  timestamptz not null,
    correlation_id uuid not null,
    causation_id   uuid not null,
    traceparent    text not null,
    constraint deadline_place primary key (stream, version, index)
);
create index deadline_scheduled_for on deadline (scheduled_for);
comment on table deadline is 'What processes wait for: written with the event that schedules it, deleted once it is on its way or the process has ended';
comment on column deadline.stream is 'The process';
comment on column deadline.version is 'Of the event that schedules it';
comment on column deadline.index is 'Which of the deadlines of that event it is, from 0';
comment on column deadline.process is 'The key of the process manager';
