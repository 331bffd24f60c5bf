\set source random(1, 19999)
select id
  from pgledger_create_transfer('pgla_' || lpad(:source::text, 26, '0'),
                                'pgla_' || lpad(0::text, 26, '0'), 1);
