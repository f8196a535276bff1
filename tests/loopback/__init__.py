"""A real server on a loopback port that speaks the OpenAI protocol, for the llm engine's tests."""
