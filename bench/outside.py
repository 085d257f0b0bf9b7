"""Measures quality on held-out people through the public HTTP API. It uses only Python's standard library, and shares
no code with src/metric: an independent check.

  python3 bench/outside.py take <source> <folder> <people.csv> [--seed 1867] [--people 700]
      copies a folder in the 2020 layout without some people, drawn by seed, and writes their rows to <people.csv>
  osusume pipeline --source <folder> --home <home>, then osusume serve --home <home>
  python3 bench/outside.py ask <people.csv> [--url http://localhost:3000] [--seed 1867]
      prints liked NDCG@10, Recall@20 and NDCG@100 of these people, with 95 % bootstrap intervals

Only people who have seen at least ten titles of the catalogue are drawn. A fifth of the titles that each has seen (all
but planned ones) is hidden, drawn by seed. The rest is sent to POST /api/recommendations with "rules": "none", each
title with its status and, if scored, its rating. Planned titles are sent too, and stay in the ranking. `whole` is not
sent: the server then treats short lists as parts of longer ones, more so the shorter they are, as by default.

  liked       hidden titles rated at least 7 and at least the person's mean over everything they scored
  NDCG@k      Σ 1/log2(rank + 1) over hits in the first k, divided by that sum for the best possible list
  Recall@20   hits in the first 20 / min(20, liked)
  five known  only five of these titles are sent, drawn by seed; the other ones are removed from the answer
  five, rest  the same five are sent; every other title of the list that the person likes is to be found, hidden or not,
              and nothing is removed from the answer
  new stories only liked titles of franchises of which no sent title has been seen count, and only such titles of the
              answer; franchises are those of GET /api/anime/<id>
  cold        only liked titles that fewer than ten of the other people have scored count
"""
import argparse
import collections
import csv
import functools
import gzip
import json
import math
import random
import shutil
import sys
import urllib.request
from pathlib import Path

STATUS = {1: "watching", 2: "completed", 3: "on_hold", 4: "dropped", 6: "plan_to_watch"}
LONGEST = 100


def opened(path, mode="rt"):
    opener = gzip.open if path.suffix == ".gz" else open
    return opener(path, mode, encoding="utf-8", newline="")


def take(source, folder, aside, seed, count):
    ratings = next((path for path in (source / "animelist.csv", source / "animelist.csv.gz") if path.exists()), None)
    if ratings is None or not (source / "anime.csv").exists():
        sys.exit(f"{source} has no anime.csv, or no animelist.csv(.gz): give a folder in the 2020 layout")
    with opened(source / "anime.csv") as file:
        catalogue = {row["MAL_ID"] for row in csv.DictReader(file)}
    seen, scored = collections.Counter(), collections.Counter()
    with opened(ratings) as file:
        for row in csv.DictReader(file):
            if row["anime_id"] in catalogue:
                seen[row["user_id"]] += row["watching_status"] != "6"
                scored[row["anime_id"]] += row["rating"] != "0"
    taken = set(random.Random(seed).sample(sorted(user for user in seen if seen[user] >= 10), count))

    folder.mkdir(parents=True)
    for path in source.glob("anime*.csv"):
        if path != ratings:
            shutil.copyfile(path, folder / path.name)
    held_out = []
    with opened(ratings) as file, opened(folder / ratings.name, "wt") as rest:
        rows = csv.reader(file)
        writer = csv.writer(rest, lineterminator="\n")
        writer.writerow(next(rows))
        for row in rows:
            if row[0] not in taken:
                writer.writerow(row)
            elif row[1] in catalogue:
                held_out.append(row[:4])
                scored[row[1]] -= row[2] != "0"
    with opened(aside, "wt") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["user_id", "anime_id", "rating", "watching_status", "scored_by_others"])
        writer.writerows([*row, scored[row[1]]] for row in held_out)
    print(f"{len(taken)} people with {len(held_out)} rows are held out in {aside}, the others are in {folder}")


def evaluate(recommend, aside, seed, story_of=None):
    """Prints the metrics of `recommend` (a list → titles, best first) for the held-out people. `story_of`: title → story"""
    lists, cold = collections.defaultdict(dict), set()
    with opened(aside) as file:
        for user, anime, rating, status, scored in map(lambda row: map(int, row.values()), csv.DictReader(file)):
            lists[user][anime] = (rating, STATUS.get(status, "completed"))
            if scored < 10:
                cold.add(anime)
    figures = collections.defaultdict(list)
    for user, titles in lists.items():
        draw = random.Random(f"{seed} {user}")
        known, liked, all_liked = split(titles, draw)
        best = recommend(known)
        seen = {anime: entry for anime, entry in known.items() if entry[1] != "plan_to_watch"}
        few = dict(draw.sample(sorted(seen.items()), 5))
        add_metrics(figures, "whole lists", best, liked)
        best_for_few = recommend(few)
        add_metrics(figures, "five known", [anime for anime in best_for_few if anime not in seen], liked)
        add_metrics(figures, "five, rest", best_for_few, all_liked - few.keys())
        if story_of:
            begun = {story_of(anime) for anime in seen}
            new = [anime for anime in best if story_of(anime) not in begun]
            add_metrics(figures, "new stories", new, {anime for anime in liked if story_of(anime) not in begun})
        add_metrics(figures, "cold", best, liked & cold)
    for (people, metric), values in figures.items():
        low, high = interval(values, seed)
        print(f"{people:12} {metric:10} {mean(values):.4f} [{low:.4f}, {high:.4f}]  {len(values)} people")


def split(titles, draw):
    """→ the part of a list that is sent, the liked ones of the hidden titles, and those of all seen titles"""
    seen = sorted(anime for anime, (_, status) in titles.items() if status != "plan_to_watch")
    hidden = set(draw.sample(seen, max(1, round(len(seen) / 5))))
    ratings = [rating for rating, _ in titles.values() if rating > 0]
    least = max(7, mean(ratings)) if ratings else 7
    liked = {anime for anime in seen if titles[anime][0] >= least}
    return {anime: entry for anime, entry in titles.items() if anime not in hidden}, liked & hidden, liked


def recommended(url, known):
    """→ the ids of the best 500 titles for a list"""
    ratings = [
        {"animeId": anime, "status": status, **({"rating": rating} if rating else {})}
        for anime, (rating, status) in known.items()
    ]
    body = json.dumps({"ratings": ratings, "rules": "none", "limit": 500, "because": 0}).encode()
    request = urllib.request.Request(f"{url}/api/recommendations", body, {"content-type": "application/json"})
    return [item["anime"]["animeId"] for item in answer_to(request)["items"]]


@functools.cache
def story(url, anime):
    """→ the franchise of a title, or the title itself when it stands alone"""
    franchise = answer_to(urllib.request.Request(f"{url}/api/anime/{anime}"))["franchise"]
    return ("franchise", franchise["franchiseId"]) if franchise else ("title", anime)


def answer_to(request):
    try:
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)
    except OSError as error:
        sys.exit(
            f"The request to {request.full_url} failed: {error}. Is the server running (osusume serve), and is --url its address?"
        )


def add_metrics(figures, people, best, liked):
    if not liked:
        return
    hits = [anime in liked for anime in best[:LONGEST]]
    figures[people, "NDCG@10"].append(ndcg(hits, len(liked), 10))
    figures[people, "Recall@20"].append(sum(hits[:20]) / min(20, len(liked)))
    figures[people, "NDCG@100"].append(ndcg(hits, len(liked), LONGEST))


def ndcg(hits, relevant, k):
    gain = [1 / math.log2(rank + 1) for rank in range(1, k + 1)]
    return sum(g for g, hit in zip(gain, hits) if hit) / sum(gain[:relevant])


def mean(values):
    return sum(values) / len(values)


def interval(values, seed, resamples=2000):
    draw = random.Random(seed)
    means = sorted(mean(draw.choices(values, k=len(values))) for _ in range(resamples))
    return means[int(0.025 * resamples)], means[int(0.975 * resamples)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    taking, asking = commands.add_parser("take"), commands.add_parser("ask")
    for name in ("source", "folder", "aside"):
        taking.add_argument(name, type=Path)
    taking.add_argument("--people", type=int, default=700)
    asking.add_argument("aside", type=Path)
    asking.add_argument("--url", default="http://localhost:3000")
    for command in (taking, asking):
        command.add_argument("--seed", type=int, default=1867)
    options = parser.parse_args()
    if options.command == "ask":
        return evaluate(
            lambda known: recommended(options.url, known),
            *(options.aside, options.seed),
            story_of=lambda anime: story(options.url, anime),
        )
    if options.folder.exists() or options.aside.exists():
        sys.exit(f"{options.folder} or {options.aside} already exists: choose another name, or remove it")
    take(options.source, options.folder, options.aside, options.seed, options.people)


if __name__ == "__main__":
    main()
