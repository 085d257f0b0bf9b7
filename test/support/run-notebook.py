"""Runs a notebook's code cells in Deno's kernel and prints every output as JSON: run-notebook.py <notebook.ipynb>

nbconvert is not used: it loses outputs that this kernel sends late.
"""
import json
import queue
import sys

from jupyter_client import KernelManager

# seconds without a word after which the kernel is given up, and after the last cell taken to be done
PATIENCE = 250
QUIET = 5

cells = json.load(open(sys.argv[1], encoding="utf-8"))["cells"]
kernel = KernelManager(kernel_name="deno")
kernel.start_kernel()
client = kernel.client()
client.start_channels()


requests = set()
outputs = []


def take(message):
    """Keeps an output, whichever cell it is of: this kernel may say that it is idle before it has shown the last one."""
    kind, content = message["msg_type"], message["content"]
    if message["parent_header"].get("msg_id") in requests:
        if kind in ("display_data", "execute_result", "error", "stream"):
            outputs.append({"output_type": kind, **content})


def run(source):
    request = client.execute(source)
    requests.add(request)
    while True:
        message = client.get_iopub_msg(timeout=PATIENCE)
        take(message)
        idle = message["msg_type"] == "status" and message["content"]["execution_state"] == "idle"
        if idle and message["parent_header"].get("msg_id") == request:
            return


def take_late_ones():
    run("await new Promise((done) => setTimeout(done, 1000))")
    try:
        while True:
            take(client.get_iopub_msg(timeout=QUIET))
    except queue.Empty:
        return


try:
    client.wait_for_ready(timeout=PATIENCE)
    for cell in cells:
        if cell["cell_type"] == "code":
            run("".join(cell["source"]))
    take_late_ones()
    print(json.dumps(outputs))
except queue.Empty:
    sys.exit(f"The kernel said nothing for {PATIENCE} s")
finally:
    client.stop_channels()
    kernel.shutdown_kernel(now=True)
