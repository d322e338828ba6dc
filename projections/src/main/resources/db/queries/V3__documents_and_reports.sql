create table issued_document (
    document_id  uuid not null,
    customer_id  uuid,
    currency     text,
    total_amount numeric,
    voided       boolean,
    process_id   uuid,
    constraint issued_document_id primary key (document_id)
);
create index issued_document_customer on issued_document (customer_id, document_id);
comment on column issued_document.process_id is 'Of the last voiding that was requested';

create view document as
select document_id,
       customer_id,
       currency,
       total_amount,
       coalesce(voided, false) as voided,
       process_id,
       ''::text as process_state
from issued_document
where customer_id is not null;
comment on view document is 'Documents as they are shown, once they have been issued';

create table customer_report (
    report_id   uuid not null,
    customer_id uuid not null,
    published   boolean,
    changed_by  xid8 not null,
    constraint customer_report_id primary key (report_id)
);
create index customer_report_customer on customer_report (customer_id, report_id);
create index customer_report_changed_by on customer_report (changed_by);
create trigger customer_report_changed before insert or update on customer_report
    for each row execute function changed();

create table reported_document (
    customer_id uuid not null,
    document_id uuid not null,
    report_id   uuid,
    place       bigint,
    currency    text,
    amount      numeric,
    voided      boolean not null,
    constraint reported_document_id primary key (customer_id, document_id)
);
create index reported_document_report on reported_document (report_id, place);
comment on table reported_document is 'All of a row is of the stream of one customer''s reports. Without a report it is a mark that came before its document';
comment on column reported_document.place is 'Its event''s version in the stream, so ascending in the order in which documents came';

-- A report is told to those who watch it when one of its documents changes, too.
create function report_changed() returns trigger language plpgsql as $$
begin
    update customer_report set changed_by = pg_current_xact_id()
    where report_id in (select report_id from changed_document);
    return null;
end
$$;
create trigger reported_document_inserted after insert on reported_document
    referencing new table as changed_document for each statement execute function report_changed();
create trigger reported_document_updated after update on reported_document
    referencing new table as changed_document for each statement execute function report_changed();

create view report as
select report_id,
       customer_id,
       coalesce(published, false) as published,
       changed_by,
       document_ids,
       currencies,
       amounts,
       voided
from customer_report
cross join lateral (
    select array_agg(document_id order by place) as document_ids,
           array_agg(currency order by place) as currencies,
           array_agg(amount order by place) as amounts,
           array_agg(voided order by place) as voided
    from reported_document
    where reported_document.report_id = customer_report.report_id
      and reported_document.customer_id = customer_report.customer_id
) as of_report
where document_ids is not null;
comment on view report is 'Reports as they are shown, once they have a document, each with its documents in the order in which they came';
