// A library whose functions are inlined into each other, without any of the system's.

volatile int sink;

static inline __attribute__((always_inline)) int twice(int value) {
    sink = value;
    return value * 2;
}

static inline __attribute__((always_inline)) int fourfold(int value) {
    if (value > 3) sink = 1;
    return twice(twice(value));
}

__attribute__((noinline)) int area(int width, int height) {
    int sum = 0;
    for (int row = 0; row < height; row++) sum += fourfold(width + row) + sink;
    return sum;
}

__attribute__((noinline, cold)) static int rare(int value) {
    sink = value;
    return fourfold(value) - 1;
}

int perimeter(int width, int height) {
    if (width < 0) return rare(height);
    return twice(width) + twice(height) + area(width, height);
}
