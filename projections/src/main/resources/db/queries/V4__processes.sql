create table process (
    process_id     uuid not null,
    type           text not null,
    state          text not null,
    overdue        boolean not null,
    failed         boolean not null,
    subject        text not null,
    correlation_id uuid not null,
    waiting_for    text not null,
    stuck_because  text not null,
    began_at       timestamptz,
    stepped_at     timestamptz not null,
    ended          boolean not null,
    changed_by     xid8 not null,
    constraint process_id primary key (process_id)
);
create index process_state on process (state, process_id);
create index process_type on process (type, process_id);
create index process_correlation on process (correlation_id, process_id);
-- From outside, so it may be longer than any other index takes.
create index process_subject on process using hash (subject);
create index process_attention on process (process_id) where not ended and (overdue or failed or stuck_because <> '');
create index process_changed_by on process (changed_by);
create trigger process_changed before insert or update on process for each row execute function changed();
comment on table process is 'As its last step left it';

create table process_step (
    process_id uuid not null,
    place      bigint not null,
    step       bytea not null,
    constraint process_step_place primary key (process_id, place)
);
comment on column process_step.place is 'Among the steps of the process: 1, 2, 3 …';
comment on column process_step.step is 'A process.v1.ProcessStep of the gRPC contract, as Protocol Buffers write it';

create or replace view document as
select document_id,
       customer_id,
       currency,
       total_amount,
       coalesce(voided, false) as voided,
       issued_document.process_id,
       coalesce(state, '') as process_state
from issued_document
left join process on process.process_id = issued_document.process_id
where customer_id is not null;
