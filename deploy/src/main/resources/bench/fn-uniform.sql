\set source random(0, 19999)
\set destination random(0, 19998)
\set destination case when :destination < :source then :destination else :destination + 1 end
select fn.transfer(uuidv7(), :source, :destination, 1);
