"""Runs a notebook's code cells in Deno's kernel and prints every output as JSON: run-notebook.py <notebook.ipynb>

nbconvert is not used: on a busy machine it loses outputs of this kernel now and then.
"""
import json
import queue
import sys

from jupyter_client import KernelManager

PATIENCE = 250

cells = json.load(open(sys.argv[1], encoding="utf-8"))["cells"]
kernel = KernelManager(kernel_name="deno")
kernel.start_kernel()
client = kernel.client()
client.start_channels()


def outputs_of(source):
    """What the cell says until it is idle again."""
    request = client.execute(source)
    while True:
        message = client.get_iopub_msg(timeout=PATIENCE)
        if message["parent_header"].get("msg_id") != request:
            continue
        kind, content = message["msg_type"], message["content"]
        if kind == "status" and content["execution_state"] == "idle":
            return
        if kind in ("display_data", "execute_result", "error", "stream"):
            yield {"output_type": kind, **content}


try:
    client.wait_for_ready(timeout=PATIENCE)
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    print(json.dumps([output for source in code for output in outputs_of(source)]))
except queue.Empty:
    sys.exit(f"The kernel said nothing for {PATIENCE} s")
finally:
    client.stop_channels()
    kernel.shutdown_kernel(now=True)
