-- Under an order of the court, or a power of law, a child stays with the authority that has it, whatever is accepted elsewhere (process
-- rules 1.7). It may be made, or end, while a move goes on; so it is looked at whenever one of the two changes.

-- What people type as a status: a word of it is enough, so that a child under an order is never passed on by a spelling.
create function order_over(person uuid) returns text language sql stable as $$
  select keeps from (
    select status as keeps, since from legal_status where person_id = person and until is null and lower(replace(status, '-', ' '))
      ~ '(care order|supervision|emergency protection|child assessment|police protection|section 31|section 38|section 44|section 46)'
    union all select replace(kind, '-', ' '), since from protection where person_id = person and followed_at is null
      and kind in ('police-protection', 'emergency-protection-order')) orders
  order by since desc limit 1
$$;

-- The children who are on their way to another authority. An order binds none of our teams, and what has passed stays as it passed.
create view order_over_moving as
  select c.move_id, c.their_id, c.person_id, case when m.destination <> 'team' then order_over(c.person_id) end as keeps
  from move_child c join move m on m.id = c.move_id
  where not m.incoming and m.passed_at is null and m.ended_at is null;

create function look_at_orders() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'move' then
    update move_child c set stays_because = o.keeps from order_over_moving o
    where (o.move_id, o.their_id) = (c.move_id, c.their_id) and o.move_id = new.id;
  else
    update move_child c set stays_because = o.keeps from order_over_moving o
    where (o.move_id, o.their_id) = (c.move_id, c.their_id) and o.person_id = new.person_id;
  end if;
  return null;
end $$;

create trigger order_made_or_ended after insert or update on legal_status for each row execute function look_at_orders();
create trigger protected_by_law after insert or update on protection for each row execute function look_at_orders();
create trigger child_moves after insert on move_child for each row execute function look_at_orders();
create trigger goes_elsewhere after update of destination on move for each row execute function look_at_orders();
