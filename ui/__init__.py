"""The pages: Gradio inside FastAPI, Chinese and English, nothing leaves the machine."""
