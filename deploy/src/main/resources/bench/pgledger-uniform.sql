\set source random(0, 19999)
\set destination random(0, 19998)
\set destination case when :destination < :source then :destination else :destination + 1 end
select id
  from pgledger_create_transfer('pgla_' || lpad(:source::text, 26, '0'),
                                'pgla_' || lpad(:destination::text, 26, '0'), 1);
