-- What the family does is what comes from the agency "family"; a second column said the same.
alter table agreed_action drop column by_parent;
