#!/usr/bin/env python3
"""Writes customer-churn.csv, new-customers.csv and credit-default.csv: invented customers of invented companies.

Each row's label is drawn from a known probability, so that it is also known how well it can be predicted at best; the
script prints that. Python's standard library is enough; the same Python version writes the same bytes.
"""
import csv
import datetime
import math
import pathlib
import random

FOLDER = pathlib.Path(__file__).parent


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


def choose(rng, weighted):
    return rng.choices(list(weighted), weights=list(weighted.values()))[0]


def area_under_curve(labelled):
    """The share of pairs of a positive and a negative row that are in the right order."""
    ranked = sorted(labelled, key=lambda pair: pair[0])
    positives = sum(label for _, label in ranked)
    rank_sum = sum(rank for rank, (_, label) in enumerate(ranked, start=1) if label)
    return (rank_sum - positives * (positives + 1) / 2) / (positives * (len(ranked) - positives))


def log_loss(labelled):
    return -sum(math.log(p if label else 1 - p) for p, label in labelled) / len(labelled)


def customer(rng, number):
    """A customer of a broadband company on 30 June 2025, and how likely they left within the next quarter."""
    today = datetime.date(2025, 6, 30)
    days = int(min(2900, 20 + rng.expovariate(1 / 700)))
    signed_up = today - datetime.timedelta(days=days)
    contract = choose(rng, {"monthly": 55, "one year": 27, "two years": 18})
    plan = choose(rng, {"basic": 45, "plus": 35, "family": 20})
    payment = choose(rng, {"direct debit": 45, "card": 35, "invoice": 20})
    region = choose(rng, {"north": 20, "south": 18, "east": 14, "west": 17, "centre": 22, "islands": 9})
    promotion = rng.random() < (0.35 if days < 400 else 0.08)
    fee = {"basic": 24.9, "plus": 34.9, "family": 49.9}[plan] * (0.7 if promotion else 1) * (1 if contract == "monthly" else 0.92 if contract == "one year" else 0.85)
    calls = min(9, int(rng.expovariate(1 / 0.9)))
    outages = min(12, int(rng.expovariate(1 / (2.6 if region == "islands" else 1.1))))
    usage = max(0.5, rng.gauss({"basic": 90, "plus": 190, "family": 380}[plan], 70))
    late = min(6, int(rng.expovariate(1 / (0.9 if payment == "invoice" else 0.3))))
    logins = int(max(0, rng.gauss(9, 5)))
    x = 0
    x += {"monthly": 1.2, "one year": -0.4, "two years": -1.4}[contract]
    x += 1.1 * math.exp(-days / 250)
    # A customer who uses little of a dear plan leaves; so does one whose promotion is about to end.
    x += 0.9 if plan != "basic" and usage < 110 else 0
    x += 1.0 if promotion and 300 < days < 400 else -0.3 if promotion else 0
    x += 0.9 if calls >= 3 else 0.15 * calls
    x += 0.22 * max(0, outages - 1)
    x += 0.35 * late + (0.3 if payment == "invoice" else 0)
    x -= 0.06 * min(logins, 15)
    probability = sigmoid(1.7 * x - 2.4)
    row = {
        "customer_id": f"C{100000 + number}", "signed_up": signed_up.isoformat(), "contract": contract, "plan": plan, "payment": payment, "region": region,
        "promotion": "true" if promotion else "false", "monthly_fee": f"{fee:.2f}", "data_gb": "" if rng.random() < 0.06 else f"{usage:.0f}",
        "support_calls": calls, "outages": outages, "late_payments": late, "app_logins": logins,
    }
    return row, probability


def loan(rng, number):
    """A loan of a small bank, and how likely it was not paid back."""
    applied = datetime.date(2021, 1, 1) + datetime.timedelta(days=rng.randrange(1095))
    age = int(min(78, max(19, rng.gauss(41, 13))))
    employment = choose(rng, {"employed": 68, "self-employed": 17, "retired": 9, "unemployed": 6}) if age < 64 else "retired"
    years = max(0, min(age - 18, rng.expovariate(1 / 7))) if employment in ("employed", "self-employed") else None
    income = max(9000, rng.lognormvariate({"employed": 10.55, "self-employed": 10.6, "retired": 10.1, "unemployed": 9.5}[employment], 0.42))
    home = choose(rng, {"rent": 44, "mortgage": 38, "owner": 18})
    purpose = choose(rng, {"car": 27, "debts": 30, "home": 18, "medical": 9, "business": 10, "holiday": 6})
    amount = round(max(1000, min(60000, rng.lognormvariate(9.2, 0.6))) / 100) * 100
    term = rng.choice([24, 36, 36, 48, 60, 60, 72])
    utilization = min(1.0, max(0.0, rng.betavariate(1.6, 2.2)))
    late = min(6, int(rng.expovariate(1 / 0.45)))
    inquiries = min(8, int(rng.expovariate(1 / 1.1)))
    instalment = amount / term * 1.12
    burden = instalment * 12 / income
    rate = 3.9 + 5 * utilization + 0.9 * late + 0.25 * inquiries + (1.2 if purpose == "business" else 0) + rng.gauss(0, 0.8)
    x = 0
    x += 7 * max(0, burden - 0.12)
    x += 1.6 * max(0, utilization - 0.45) * (1.6 if late > 0 else 1)
    x += 0.55 * min(late, 3)
    x += 0.16 * inquiries
    x += {"employed": 0, "self-employed": 0.35, "retired": 0.1, "unemployed": 1.3}[employment]
    x += {"rent": 0.3, "mortgage": 0, "owner": -0.35}[home]
    x += {"car": -0.2, "debts": 0.35, "home": -0.1, "medical": 0.3, "business": 0.75, "holiday": 0.2}[purpose]
    x += 0.8 if years is not None and years < 1 else 0
    x += 0.4 if applied.year == 2022 and applied.month >= 7 else 0
    x += 0.5 if age < 25 else 0
    probability = sigmoid(1.4 * x - 3.4)
    row = {
        "loan_id": f"L-{number:05d}", "applied": applied.isoformat(), "purpose": purpose, "amount": amount, "term_months": term, "interest_rate": f"{max(2.5, rate):.2f}",
        "age": age, "employment": employment, "years_employed": "" if years is None else f"{years:.1f}", "income": "" if rng.random() < 0.04 else f"{round(income, -2):.0f}",
        "home": home, "utilization": f"{utilization:.2f}", "late_payments": late, "inquiries": inquiries,
    }
    return row, probability


def write(name, rows):
    with open(FOLDER / name, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def labelled(rng, make, count, label, words):
    rows, known = [], []
    for number in range(1, count + 1):
        row, probability = make(rng, number)
        is_positive = rng.random() < probability
        rows.append(row | {label: words[is_positive]})
        known.append((probability, is_positive))
    share = sum(is_positive for _, is_positive in known) / count
    print(f"{label}: {count} rows, {share:.1%} positive; at best auc {area_under_curve(known):.3f}, log loss {log_loss(known):.3f}")
    return rows


def main():
    rng = random.Random(20250630)
    write("customer-churn.csv", labelled(rng, customer, 2000, "left", ("no", "yes")))
    write("new-customers.csv", [customer(rng, number)[0] for number in range(2001, 2031)])
    write("credit-default.csv", labelled(random.Random(20240101), loan, 2400, "defaulted", (0, 1)))


main()
