"""Programs for generated posts, one in each of some languages; `$name`, `$a` and `$b` make each of them another text."""

import random
from string import Template

LISTINGS = {
    "python": '''\
from dataclasses import dataclass

import numpy as np


@dataclass
class $name:
    """Newton's method for a root of a polynomial."""

    coefficients: np.ndarray
    tolerance: float = 1e-$a

    def solve(self, start: float, limit: int = $b) -> float:
        x = start
        for step in range(limit):
            value = np.polyval(self.coefficients, x)
            if abs(value) < self.tolerance:
                print(f"{step} steps: {x:.6f}")  # done
                return x
            x -= value / np.polyval(np.polyder(self.coefficients), x)
        raise ArithmeticError("no root after %d steps" % limit)
''',
    "javascript": """\
// $name: the logistic map
export function* $name(r = 3.$a, x = 0.$b) {
  const seen = new Map();
  for (let step = 0; ; step++) {
    const key = x.toFixed(6);
    if (seen.has(key)) {
      console.log(`period $${step - seen.get(key)} after $${step}`);
      return { start: seen.get(key), period: step - seen.get(key) };
    }
    seen.set(key, step);
    yield x;
    x = r * x * (1 - x);
  }
}
""",
    "c": """\
#include <math.h>
#include <stdio.h>

/* $name: Simpson's rule */
static double $name(double (*f)(double), double lo, double hi, int n) {
    const double h = (hi - lo) / n;
    double sum = f(lo) + f(hi);
    for (int i = 1; i < n; i++) {
        sum += f(lo + i * h) * (i % 2 ? 4.0 : 2.0);
    }
    return sum * h / 3.0;
}

int main(void) {
    printf("%.10f\\n", $name(sin, 0.$a, 3.$b, $b * 2)); // close to 2
    return 0;
}
""",
    "bash": """\
#!/bin/sh
set -eu
# $name: a grid of experiments
for rate in 0.$a 0.0$a; do
  for seed in $$(seq 1 $b); do
    log="logs/$name-$${rate}-$${seed}.txt"
    if [ -e "$$log" ]; then
      echo "have $$log" >&2
      continue
    fi
    ./simulate --rate "$$rate" --seed "$$seed" > "$$log" || exit 1
  done
done
""",
    "r": """\
# $name: a bootstrap interval
set.seed($a)
sample_size <- $b
values <- rexp(sample_size, rate = 0.$a)
means <- replicate(1000, {
  again <- sample(values, replace = TRUE)
  mean(again)
})
interval <- quantile(means, c(0.025, 0.975))
hist(means, breaks = 30, main = "$name", xlab = "mean")
abline(v = interval, lty = 2, col = "blue")
""",
    "sql": """\
-- $name
CREATE TABLE $name (
  id INTEGER PRIMARY KEY,
  theorem VARCHAR($b) NOT NULL,
  proved DATE DEFAULT '19$a-01-01'
);
SELECT theorem, COUNT(*) AS proofs, MIN(proved) AS earliest
FROM $name
WHERE theorem LIKE '%lemma%' AND id > $a
GROUP BY theorem
HAVING COUNT(*) > 1
ORDER BY proofs DESC, earliest
LIMIT $b;
""",
    "rust": """\
// $name: the greatest common divisor
pub fn $name(mut a: u64, mut b: u64) -> Option<u64> {
    if a == 0 && b == 0 {
        return None;
    }
    while b != 0 {
        (a, b) = (b, a % b);
    }
    Some(a)
}

#[test]
fn divides_both() {
    assert_eq!($name($a * 6, $b * 6).map(|d| d % 6), Some(0));
}
""",
}


def make_listing(chance: random.Random, language: str, name: str) -> str:
    """A program with a name and numbers of its own."""
    return Template(LISTINGS[language]).substitute(name=name, a=chance.randint(11, 99), b=chance.randint(10, 400))
