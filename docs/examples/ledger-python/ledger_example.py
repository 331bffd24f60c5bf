"""A client of the ledger: ledger_example.py HOST:PORT SERVER-NAME TRUST CERTIFICATE KEY
READER-CERTIFICATE READER-KEY

The first certificate is of the identity ledger/writer, which posts and may read too; the second one,
of ledger/reader, is what a program that only reads should have.

Needs Debian's python3-grpcio and python3-protobuf, and stubs that protoc makes from the published
protos (README.md beside this folder).
"""

import sys
import time
import uuid

import grpc

from almonry.ledger.v1 import ledger_pb2, ledger_reader_service_pb2_grpc
from almonry.ledger.v1 import ledger_service_pb2, ledger_service_pb2_grpc
from almonry.type.v1 import money_pb2

DAY = "2026-03-01"
TRIES = 5


def request_id():
    """A UUID of version 7 would keep the ledger's index compact; a random one is as good."""
    return "req_" + uuid.uuid4().hex


def eur(minor):
    return money_pb2.Money(currency="EUR", minor=minor)


def move(source, destination, minor):
    return ledger_service_pb2.Move(
        source_coin_id=source, destination_coin_id=destination, amount=eur(minor)
    )


def posting(**operation):
    return ledger_service_pb2.Posting(
        request_id=request_id(),
        effective_on=DAY,
        operations=[ledger_service_pb2.Operation(**operation)],
    )


class Ledger:
    def __init__(self, channel):
        self.stub = ledger_service_pb2_grpc.LedgerServiceStub(channel)

    def coin(self, kind, owner):
        request = ledger_service_pb2.OpenCoinRequest(
            issuer_key="python-example", currency="EUR", kind=kind, name=owner, owner=owner
        )
        return self.stub.OpenCoin(request, timeout=5).coin.id

    def post(self, one):
        """Posts until there is an answer: the id makes it safe to ask again."""
        request = ledger_service_pb2.PostRequest(posting=one)
        for attempt in range(1, TRIES + 1):
            try:
                return self.stub.Post(request, timeout=10).result
            except grpc.RpcError as error:
                passing = (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED)
                if error.code() not in passing or attempt == TRIES:
                    raise
                time.sleep(0.2 * attempt)

    def stream(self, batches):
        """Each message is answered when it is durable."""
        messages = (ledger_service_pb2.PostStreamRequest(postings=batch) for batch in batches)
        for answer in self.stub.PostStream(messages, timeout=60):
            yield from answer.results


def reader_that_posts(channel, one):
    """With a key that only reads no money is moved, whatever the program tries."""
    try:
        Ledger(channel).post(one)
        return "OK"
    except grpc.RpcError as error:
        return error.code().name


def run(channel, reader_channel):
    ledger = Ledger(channel)
    reader = ledger_reader_service_pb2_grpc.LedgerReaderServiceStub(reader_channel)
    ledger.stub.OpenIssuer(
        ledger_service_pb2.OpenIssuerRequest(issuer_key="python-example", name="Python example"),
        timeout=5,
    )
    bank = ledger.coin(ledger_pb2.COIN_KIND_ISSUING, "bank")
    ada = ledger.coin(ledger_pb2.COIN_KIND_MEMBER, "usr_ada")
    shop = ledger.coin(ledger_pb2.COIN_KIND_MEMBER, "usr_shop")

    # Value comes into the books from an issuing coin. Under the same id this happens once.
    top_up = posting(issue=move(bank, ada, 5000))
    print("top-up:", ledger.post(top_up).WhichOneof("outcome"))
    print("again: ", ledger.post(top_up).WhichOneof("outcome"))

    # A rejection is an outcome, with a reason to switch on and words to show.
    rejected = ledger.post(posting(transfer=move(ada, shop, 9999))).rejected
    print("too much:", ledger_service_pb2.Rejection.Name(rejected.reason))

    # Reserve 20.00, take 12.50 of it; the rest is free again.
    reserved = ledger.post(
        posting(
            authorize=ledger_service_pb2.Authorization(
                source_coin_id=ada, destination_coin_id=shop, amount=eur(2000)
            )
        )
    )
    hold = reserved.posted.transaction_ids[0].replace("txn_", "hold_")
    captured = ledger.post(
        posting(capture=ledger_service_pb2.Capture(hold_id=hold, amount=eur(1250)))
    )
    print("captured:", captured.posted.transaction_ids[0])

    # Who posts reads over the same channel, from the service for readers.
    left = ledger_reader_service_pb2_grpc.LedgerReaderServiceStub(channel).GetBalance(
        ledger_pb2.GetBalanceRequest(coin_id=ada), timeout=5
    )
    print("a writer reads:", left.available.minor, "available")

    batches = [[posting(transfer=move(ada, shop, 1)) for _ in range(250)] for _ in range(4)]
    print("streamed:", sum(each.HasField("posted") for each in ledger.stream(batches)))

    statement = reader.ListEntries(
        ledger_pb2.ListEntriesRequest(
            coin_id=shop, basis=ledger_pb2.DATE_BASIS_EFFECTIVE, to=DAY, **{"from": DAY}
        ),
        timeout=10,
    )
    for entry in statement.entries[:3]:
        print(entry.effective_on, entry.type, entry.amount.minor, "->", entry.balance_after.minor)
    before = reader.GetBalance(
        ledger_pb2.GetBalanceRequest(coin_id=shop, effective_on="2026-02-28"), timeout=5
    )
    print("the day before:", before.balance.minor)
    print("a reader that posts:", reader_that_posts(reader_channel, top_up))


def secure_channel(address, server_name, trust, certificate, key):
    with open(certificate, "rb") as c, open(key, "rb") as k, open(trust, "rb") as t:
        credentials = grpc.ssl_channel_credentials(t.read(), k.read(), c.read())
    options = (("grpc.ssl_target_name_override", server_name),)
    return grpc.secure_channel(address, credentials, options)


def main():
    address, server_name, trust, certificate, key, reader_certificate, reader_key = sys.argv[1:]
    with (
        secure_channel(address, server_name, trust, certificate, key) as channel,
        secure_channel(address, server_name, trust, reader_certificate, reader_key) as reader,
    ):
        run(channel, reader)


if __name__ == "__main__":
    main()
