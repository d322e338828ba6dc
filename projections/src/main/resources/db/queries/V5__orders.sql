create table placed_order (
    order_id          uuid not null,
    customer_id       uuid,
    offers_end_at     timestamptz,
    status            text,
    confirmed_menu_id uuid,
    changed_by        xid8 not null,
    constraint placed_order_id primary key (order_id)
);
create index placed_order_customer on placed_order (customer_id, order_id);
create index placed_order_status on placed_order (status, order_id);
create index placed_order_changed_by on placed_order (changed_by);
create trigger placed_order_changed before insert or update on placed_order
    for each row execute function changed();
comment on column placed_order.status is 'As the gRPC contract names it';

create table offered_menu (
    order_id              uuid not null,
    menu_id               uuid not null,
    place                 bigint,
    caterer_id            uuid,
    description           text,
    currency              text,
    price                 numeric,
    confirmed_by_customer boolean,
    confirmed_by_caterer  boolean,
    declined              boolean,
    constraint offered_menu_id primary key (order_id, menu_id)
);
comment on column offered_menu.place is 'Its event''s version in the stream, so ascending in the order in which menus were offered';

-- An order is told to those who watch it when one of its menus changes, too.
create function order_changed() returns trigger language plpgsql as $$
begin
    update placed_order set changed_by = pg_current_xact_id()
    where order_id in (select order_id from changed_menu);
    return null;
end
$$;
create trigger offered_menu_inserted after insert on offered_menu
    referencing new table as changed_menu for each statement execute function order_changed();
create trigger offered_menu_updated after update on offered_menu
    referencing new table as changed_menu for each statement execute function order_changed();

create view "order" as
select order_id,
       customer_id,
       offers_end_at,
       status,
       confirmed_menu_id,
       changed_by,
       menu_ids,
       caterer_ids,
       descriptions,
       currencies,
       prices,
       confirmed_by_customer,
       confirmed_by_caterer,
       declined
from placed_order
cross join lateral (
    select coalesce(array_agg(menu_id order by place), '{}') as menu_ids,
           coalesce(array_agg(caterer_id order by place), '{}') as caterer_ids,
           coalesce(array_agg(description order by place), '{}') as descriptions,
           coalesce(array_agg(currency order by place), '{}') as currencies,
           coalesce(array_agg(price order by place), '{}') as prices,
           coalesce(array_agg(coalesce(offered_menu.confirmed_by_customer, false) order by place), '{}')
               as confirmed_by_customer,
           coalesce(array_agg(coalesce(offered_menu.confirmed_by_caterer, false) order by place), '{}')
               as confirmed_by_caterer,
           coalesce(array_agg(coalesce(offered_menu.declined, false) order by place), '{}') as declined
    from offered_menu
    where offered_menu.order_id = placed_order.order_id
      and place is not null
) as of_order
where customer_id is not null;
comment on view "order" is 'Orders as they are shown, once they have been placed, each with its menus in the order in which they were offered';
