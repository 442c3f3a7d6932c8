"""What a member may buy next: from own purchases, what the shop sells now, what similar members bought."""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest, nsmallest
from itertools import chain, islice
from operator import itemgetter

Weights = Mapping[str, float]
"""Items (or members) to a weight above zero."""

# Chosen by foretelling the last baskets of members of a supermarket data set.
OWN_DECAY = 0.95  # a purchase counts so much less for every basket that came after it
TREND_DECAY = 0.2  # the same for what sells now: tastes are lasting, seasons are not
POPULAR_WEIGHT = 2.2  # what sells best counts like so many purchases of one's own
NEIGHBOUR_WEIGHT = 1.0  # the same for what similar members bought most
NEIGHBOURS = 60
REPEAT_PRIOR = 50  # chances to buy again before an item's own repeat rate outweighs the average


@dataclass(frozen=True, slots=True, kw_only=True)
class Basket:
    """What a member bought at one time; `time` is any number that grows."""

    member: str
    time: float
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommender:
    """What is known of all members; made by `learn`.

    `own` and `recent` weigh each member's items, slowly and quickly forgetting; `vectors` are
    `own` at unit length with common items played down, `postings` the same by item.
    `popular` (best seller 1, most popular first), `repeat` (average 1) and `sales` (times
    sold) are by item.
    """

    own: Mapping[str, Weights]
    recent: Mapping[str, Weights]
    vectors: Mapping[str, Weights]
    postings: Mapping[str, Sequence[tuple[str, float]]]
    popular: Weights
    repeat: Weights
    sales: Mapping[str, int]

    def rank(self, member: str, top: int, among: Collection[str] | None = None) -> tuple[str, ...]:
        """Return at most `top` items, the likeliest first, ties by sales; only those in `among` if given.

        A member without purchases gets what sells now.
        """
        scores = self._personal_scores(member)
        strangers = (item for item in self.popular if item not in scores)
        fitting = (item for item in strangers if among is None or item in among)
        # The others differ by popularity alone, in whose order they stand: the first ones will do.
        scores |= {item: POPULAR_WEIGHT * self.popular[item] for item in islice(fitting, top)}
        offered = scores if among is None else [item for item in scores if item in among]
        return tuple(nsmallest(top, offered, key=lambda item: (-scores[item], *self._tie(item))))

    def _personal_scores(self, member: str) -> dict[str, float]:
        """Weigh what the member or a neighbour bought; the unit is one recent purchase of one's own."""
        scores = {
            item: POPULAR_WEIGHT * self.popular[item] + NEIGHBOUR_WEIGHT * share
            for item, share in _to_best(self._bought_by_neighbours(member)).items()
        }
        for item, weight in self.own.get(member, {}).items():
            start = scores.get(item, POPULAR_WEIGHT * self.popular[item])
            scores[item] = start + weight * math.sqrt(self.repeat[item])
        return scores

    def _tie(self, item: str) -> tuple[int, str]:
        return -self.sales[item], item

    def _bought_by_neighbours(self, member: str) -> Weights:
        bought: defaultdict[str, float] = defaultdict(float)
        for neighbour, similarity in self._neighbours(member):
            for item, weight in self.recent[neighbour].items():
                bought[item] += similarity * weight
        return bought

    def _neighbours(self, member: str) -> list[tuple[str, float]]:
        """Find the members of the largest cosine similarity."""
        similarities: defaultdict[str, float] = defaultdict(float)
        for item, weight in self.vectors.get(member, {}).items():
            for other, other_weight in self.postings[item]:
                similarities[other] += weight * other_weight
        similarities.pop(member, None)
        return nlargest(NEIGHBOURS, similarities.items(), key=itemgetter(1))


def learn(history: Iterable[Basket]) -> Recommender:
    """Read all baskets once, in any order."""
    baskets = _baskets_by_member(history)
    own = {member: _decayed(items, OWN_DECAY) for member, items in baskets.items()}
    recent = {member: _decayed(items, TREND_DECAY) for member, items in baskets.items()}
    vectors = _unit_vectors(own)
    sales = Counter(chain.from_iterable(chain.from_iterable(baskets.values())))
    popular = _to_best(_sum(recent.values()))
    return Recommender(
        own=own,
        recent=recent,
        vectors=vectors,
        postings=_postings(vectors),
        popular={
            item: popular[item]
            for item in sorted(sales, key=lambda item: (-popular[item], -sales[item], item))
        },
        repeat=_repeat_rates(baskets.values()),
        sales=sales,
    )


def rank(
    history: Iterable[Basket], member: str, top: int, among: Collection[str] | None = None
) -> tuple[str, ...]:
    """Rank for one member; for several, `learn` once."""
    return learn(history).rank(member, top, among)


def _baskets_by_member(history: Iterable[Basket]) -> dict[str, list[tuple[str, ...]]]:
    baskets: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for basket in sorted(history, key=lambda basket: basket.time):
        baskets[basket.member].append(tuple(dict.fromkeys(basket.items)))
    return dict(baskets)


def _decayed(baskets: Sequence[tuple[str, ...]], decay: float) -> Weights:
    weights: defaultdict[str, float] = defaultdict(float)
    for age, items in enumerate(reversed(baskets)):
        for item in items:
            weights[item] += decay**age
    return dict(weights)


def _unit_vectors(own: Mapping[str, Weights]) -> Mapping[str, Weights]:
    """Weigh each item by how few members have it, and bring every member to length one."""
    holders = Counter(chain.from_iterable(own.values()))
    rarity = {item: math.log((1 + len(own)) / count) for item, count in holders.items()}
    vectors = {}
    for member, weights in own.items():
        vector = {item: weight * rarity[item] for item, weight in weights.items()}
        length = math.hypot(*vector.values())
        vectors[member] = {item: weight / length for item, weight in vector.items()}
    return vectors


def _postings(vectors: Mapping[str, Weights]) -> dict[str, list[tuple[str, float]]]:
    postings: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for member, vector in vectors.items():
        for item, weight in vector.items():
            postings[item].append((member, weight))
    return dict(postings)


def _repeat_rates(histories: Iterable[Sequence[tuple[str, ...]]]) -> Weights:
    """How often an item is bought again at the next chance, against the average of all items."""
    chances: Counter[str] = Counter()
    repeats: Counter[str] = Counter()
    for baskets in histories:
        seen: set[str] = set()
        for items in baskets:
            chances.update(seen)
            repeats.update(seen.intersection(items))
            seen.update(items)
        chances.update(dict.fromkeys(seen, 0))
    average = (repeats.total() or 1) / (chances.total() or 1)
    return {
        item: (repeats[item] / average + REPEAT_PRIOR) / (count + REPEAT_PRIOR)
        for item, count in chances.items()
    }


def _sum(many: Iterable[Weights]) -> Weights:
    sums: defaultdict[str, float] = defaultdict(float)
    for weights in many:
        for item, weight in weights.items():
            sums[item] += weight
    return dict(sums)


def _to_best(weights: Weights) -> dict[str, float]:
    """Scale so that the largest is one."""
    best = max(weights.values(), default=1.0)
    return {item: weight / best for item, weight in weights.items()}
