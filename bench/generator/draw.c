#include "bench/generator/draw.h"

static uint64_t draw_next(Draw *draw) {
    uint64_t z = draw->state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

int draw_between(Draw *draw, int low, int high) {
    uint64_t others = high > low ? (uint64_t)(high - low) : 0;
    return low + (int)(draw_next(draw) % (others + 1));
}

bool draw_percent(Draw *draw, int percent) {
    return draw_between(draw, 1, 100) <= percent;
}

int draw_share(Draw *draw, const int *shares, int n) {
    int sum = 0;
    for (int i = 0; i < n; i++)
        sum += shares[i];
    int left = draw_between(draw, 1, sum);
    int i = 0;
    while (left > shares[i])
        left -= shares[i++];
    return i;
}
