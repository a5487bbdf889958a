import time
from tests.fixtures import flow

def test_measure(place, clerk, signed_in, stocked):
    for _ in range(50):
        place(("CUP-1", 1), ("CUP-1", 2))
    b = signed_in(clerk)
    for address in ("/orders/", "/orders/?tab=review"):
        for _ in range(5): b.get(address)
        times = []
        for _ in range(40):
            t = time.thread_time(); r = b.get(address); times.append(time.thread_time() - t)
        times.sort()
        print("MEASURE", address, f"median {times[20]*1000:.1f} ms min {times[0]*1000:.1f}", len(r.content))
